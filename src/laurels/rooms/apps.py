from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "laurels.rooms"
    label = "rooms"

    def ready(self) -> None:
        from laurels.journal.actions import pulses
        from laurels.journal.streams.channels import channels
        from laurels.programmes.rules import exercises
        from laurels.rooms import actions, kinds
        from laurels.rooms.channel import RoomChannel

        pulses.append(lambda now: actions.move_due(now=now))
        channels["rooms"] = RoomChannel()
        exercises.kinds.update(dict.fromkeys(kinds.kinds(), kinds.problems))

from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "laurels.rooms"
    label = "rooms"

    def ready(self) -> None:
        from laurels.journal.streams.channels import channels
        from laurels.programmes.rules import exercises
        from laurels.rooms import kinds
        from laurels.rooms.channel import RoomChannel

        channels["rooms"] = RoomChannel()
        exercises.kinds.update(dict.fromkeys(kinds.kinds(), kinds.problems))

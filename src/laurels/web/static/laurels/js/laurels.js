// Loads the behaviours a page asks for: <div data-behaviour="grid"> runs the default export of ./grid.js on that element.
const NAME = /^[a-z-]+$/;

for (const element of document.querySelectorAll("[data-behaviour]")) {
  for (const name of element.dataset.behaviour.split(" ").filter((word) => NAME.test(word))) {
    import(`./${name}.js`).then((behaviour) => behaviour.default(element));
  }
}

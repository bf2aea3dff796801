// The stage: vis-network gives the canvas, the camera and the gestures (drag, wheel, pinch, tap); it holds no node itself,
// because drawing twenty thousand of its nodes takes seconds and drawing ours takes milliseconds.

const box = byId("map");
const stage = new vis.Network(
  box,
  { nodes: [], edges: [] },
  {
    autoResize: true,
    physics: false,
    layout: { improvedLayout: false, randomSeed: 1 },
    interaction: {
      hover: false,
      dragNodes: false,
      multiselect: false,
      selectable: false,
      keyboard: false,
      zoomSpeed: 0.6,
    },
  },
);
stage.canvas.frame.tabIndex = -1; // the box around it has the focus and the keys
const calm = matchMedia("(prefers-reduced-motion: reduce)");

let busy = false;
let rest = 0;
function moving() {
  busy = true;
  clearTimeout(rest);
  rest = setTimeout(() => {
    busy = false;
    snapshot = null;
    redraw();
  }, 160);
}

let asked = false;
function redraw() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    stage.redraw();
  });
}

function seenNow() {
  const { clientWidth, clientHeight } = stage.canvas.frame.canvas;
  const start = stage.DOMtoCanvas({ x: 0, y: 0 });
  const end = stage.DOMtoCanvas({ x: clientWidth, y: clientHeight });
  return viewport(start.x, start.y, end.x, end.y);
}

const inFocus = () => (state.hovered >= 0 ? state.hovered : state.selected);

stage.on("afterDrawing", (c) => {
  if (busy) drawSnapshot(c);
  else drawPicture(c, stage.getScale(), seenNow(), screenTheme(), { focus: inFocus() });
});

// While the map is dragged or zoomed, a picture of it moves; it is drawn anew when the hand rests, or leaves its edge.
const MARGIN = 0.3;
let snapshot = null;

function drawSnapshot(c) {
  const seen = seenNow();
  const key = [version, inFocus(), darkness.matches].join();
  const covers =
    snapshot &&
    seen.left >= snapshot.left &&
    seen.right <= snapshot.right &&
    seen.top >= snapshot.top &&
    seen.bottom <= snapshot.bottom;
  if (!covers || snapshot.key !== key) takeSnapshot(seen, key);
  c.drawImage(
    snapshot.canvas,
    snapshot.left,
    snapshot.top,
    snapshot.right - snapshot.left,
    snapshot.bottom - snapshot.top,
  );
}

function takeSnapshot(seen, key) {
  const k = stage.getScale();
  const [w, h] = [seen.right - seen.left, seen.bottom - seen.top];
  const wide = viewport(
    seen.left - w * MARGIN,
    seen.top - h * MARGIN,
    seen.right + w * MARGIN,
    seen.bottom + h * MARGIN,
  );
  const ratio = stage.canvas.frame.canvas.width / stage.canvas.frame.canvas.clientWidth;
  const canvas = snapshot?.canvas ?? document.createElement("canvas");
  canvas.width = Math.ceil((wide.right - wide.left) * k * ratio);
  canvas.height = Math.ceil((wide.bottom - wide.top) * k * ratio);
  const c = canvas.getContext("2d");
  c.setTransform(k * ratio, 0, 0, k * ratio, -wide.left * k * ratio, -wide.top * k * ratio);
  drawPicture(c, k, wide, screenTheme(), { focus: inFocus(), quick: true });
  snapshot = { ...wide, canvas, key };
}
stage.on("zoom", moving);
stage.on("dragging", moving);

// Fit a box into the stage, leaving room for names at the edges and the summary on top.
function frameBox(bounds, { closest = 3, animate = false, names = 110 } = {}) {
  stage.canvas.setSize(); // the tray may just have changed the room
  const width = Math.max(80, box.clientWidth - (box.clientWidth > 600 ? names : 60));
  const covered = coveredByCard();
  const height = Math.max(80, box.clientHeight - 96 - covered);
  const w = Math.max(bounds.right - bounds.left, 1);
  const h = Math.max(bounds.bottom - bounds.top, 1);
  const scale = Math.min(width / w, height / h, closest);
  stage.moveTo({
    position: { x: (bounds.left + bounds.right) / 2, y: (bounds.top + bounds.bottom) / 2 + (covered / 2 - 14) / scale },
    scale,
    animation: animate && !calm.matches ? { duration: 350, easingFunction: "easeInOutQuad" } : false,
  });
  if (animate) moving();
}

// On a phone the card lies over the lower part of the map.
function coveredByCard() {
  const card = byId("card").getBoundingClientRect();
  const stageBox = box.getBoundingClientRect();
  const over = card.height > 0 && card.left < stageBox.right && card.right > stageBox.left;
  return over ? Math.max(0, stageBox.bottom - card.top) : 0;
}

const fitAll = () => frameBox(wholeBox());

function fitEgo(i) {
  const around = partners[i].map((tie) => otherEnd(tie, i)).filter((j) => j >= 0);
  const { box: bounds, take } = boxAround([i, ...around]);
  for (const tie of partners[i]) if (tie.b < 0) take(seriesX[-1 - tie.b], seriesY[-1 - tie.b], 20);
  frameBox(bounds, { closest: 1.5, animate: true, names: 230 });
}

function select(i, { fit = true } = {}) {
  if (i >= 0 && isFolded(i)) unfold(groupOf(i));
  state.selected = i;
  showCard(i);
  document.documentElement.dataset.selected = i >= 0 ? actors.id[i] : "";
  announce(i >= 0 ? sentenceAbout(i) : texts.cleared);
  if (i >= 0 && isShown(i) && fit) fitEgo(i);
  redraw();
}

function sentenceAbout(i) {
  const parts = [actors.label[i], look(i, LIGHT).label, statusOf(i), say(texts.n_partners, { n: partners[i].length })];
  return parts.filter(Boolean).join(", ");
}

function pointer(event) {
  const bounds = box.getBoundingClientRect();
  const point = stage.DOMtoCanvas({ x: event.clientX - bounds.left, y: event.clientY - bounds.top });
  return [point.x, point.y, stage.getScale()];
}

box.addEventListener("mousemove", (event) => {
  if (event.buttons) return;
  const over = actorAt(...pointer(event));
  box.classList.toggle("pointing", over >= 0 || bubbleAt(...pointer(event)) >= 0);
  if (over !== state.hovered) hover(over);
});
box.addEventListener("mouseleave", () => state.hovered >= 0 && hover(-1));

// The actor under the pointer, in a few words; the card says the rest.
function hover(i) {
  state.hovered = i;
  redraw();
  const hint = byId("hint");
  hint.hidden = i < 0;
  if (i < 0) return;
  const facts = data.metrics.slice(0, 3).map((metric) => metric.label + texts.colon + quantity(measure(metric)[i]));
  const lines = [[actors.sector[i], statusOf(i)].filter(Boolean).join(" · "), ...facts].filter(Boolean);
  hint.replaceChildren(
    element("strong", { textContent: actors.label[i] }),
    ...lines.map((line) => element("span", { textContent: line })),
  );
  const { x, y } = stage.canvasToDOM({ x: px[i], y: py[i] });
  // In the corner furthest from the actor, where it hides the fewest of its partners.
  hint.style.left = (x > box.clientWidth / 2 ? 10 : box.clientWidth - hint.offsetWidth - 10) + "px";
  hint.style.top = (y > box.clientHeight / 2 ? 40 : box.clientHeight - hint.offsetHeight - 10) + "px";
}
stage.on("click", ({ pointer: { canvas } }) => {
  const k = stage.getScale();
  const bubble = bubbleAt(canvas.x, canvas.y, k);
  const actor = actorAt(canvas.x, canvas.y, k);
  if (actor < 0 && bubble >= 0) return unfold(bubble);
  select(actor, { fit: false });
});
stage.on("doubleClick", ({ pointer: { canvas } }) => {
  const actor = actorAt(canvas.x, canvas.y, stage.getScale());
  if (actor >= 0) select(actor);
});

function unfold(group) {
  state.folded.delete(group);
  refresh();
  announce(say(texts.unfolded, { group: data.groups.categories[group].label }));
}

// Next and previous follow the order of the names: the coordinators, those to spare, the largest.
function step(by) {
  const order = wantedActors(-1).map((wanted) => wanted.actor);
  if (!order.length) return;
  const at = order.indexOf(state.selected);
  select(order[at < 0 ? (by > 0 ? 0 : order.length - 1) : (at + by + order.length) % order.length]);
}

const pan = (dx, dy) => {
  const { x, y } = stage.getViewPosition();
  const k = stage.getScale();
  stage.moveTo({ position: { x: x + (dx * 60) / k, y: y + (dy * 60) / k } });
  redraw();
};
const zoom = (factor) => {
  stage.moveTo({ scale: stage.getScale() * factor });
  redraw();
};
const MAP_KEYS = {
  ArrowLeft: () => pan(-1, 0),
  ArrowRight: () => pan(1, 0),
  ArrowUp: () => pan(0, -1),
  ArrowDown: () => pan(0, 1),
  "+": () => zoom(1.25),
  "=": () => zoom(1.25),
  "-": () => zoom(0.8),
  0: () => fitAll(),
  n: () => step(1),
  p: () => step(-1),
  Enter: () => byId("card").focus(),
  Escape: () => select(-1),
};
box.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in MAP_KEYS)) return;
  MAP_KEYS[event.key]();
  event.preventDefault();
});
darkness.addEventListener("change", () => refresh());

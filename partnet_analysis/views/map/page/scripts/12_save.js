// Saving: PNG, SVG and CSV from the page itself, and one A4 page on paper. Always on white, with title, note and legend.

const SAVED = { width: 1600, height: 1130, head: 92, foot: 92 };

// The few canvas calls that the picture uses, written as SVG.
class SvgWriter {
  constructor(measurer) {
    this.out = [];
    this.path = "";
    this.dash = [];
    this.globalAlpha = 1;
    this.measurer = measurer;
  }
  beginPath() {
    this.path = "";
  }
  moveTo(x, y) {
    this.path += `M${fixed(x)} ${fixed(y)}`;
  }
  lineTo(x, y) {
    this.path += `L${fixed(x)} ${fixed(y)}`;
  }
  closePath() {
    this.path += "Z";
  }
  rect(x, y, w, h) {
    this.path += `M${fixed(x)} ${fixed(y)}h${fixed(w)}v${fixed(h)}h${fixed(-w)}Z`;
  }
  arc(x, y, r) {
    this.path += `M${fixed(x - r)} ${fixed(y)}a${fixed(r)} ${fixed(r)} 0 1 0 ${fixed(2 * r)} 0a${fixed(r)} ${fixed(r)} 0 1 0 ${fixed(-2 * r)} 0`;
  }
  setLineDash(dash) {
    this.dash = dash;
  }
  measureText(text) {
    this.measurer.font = this.font;
    return this.measurer.measureText(text);
  }
  paint() {
    return this.globalAlpha < 1 ? ` opacity="${this.globalAlpha.toFixed(2)}"` : "";
  }
  fill(rule) {
    if (this.path)
      this.out.push(
        `<path d="${this.path}" fill="${this.fillStyle}"${rule ? ` fill-rule="${rule}"` : ""}${this.paint()}/>`,
      );
  }
  stroke() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.map(fixed).join(" ")}"` : "";
    if (this.path)
      this.out.push(
        `<path d="${this.path}" fill="none" stroke="${this.strokeStyle}" stroke-width="${fixed(this.lineWidth)}"${dash}${this.paint()}/>`,
      );
  }
  fillRect(x, y, w, h) {
    this.out.push(
      `<rect x="${fixed(x)}" y="${fixed(y)}" width="${fixed(w)}" height="${fixed(h)}" fill="${this.fillStyle}"/>`,
    );
  }
  strokeText(text, x, y) {
    this.text(
      text,
      x,
      y,
      `fill="none" stroke="${this.strokeStyle}" stroke-width="${fixed(this.lineWidth)}" stroke-linejoin="round"`,
    );
  }
  fillText(text, x, y) {
    this.text(text, x, y, `fill="${this.fillStyle}"`);
  }
  text(text, x, y, paint) {
    const [, weight, size] = /^(\d+) ([\d.]+)px/.exec(this.font);
    const anchor = this.textAlign === "left" ? "start" : "middle";
    this.out.push(
      `<text x="${fixed(x)}" y="${fixed(y)}" font-weight="${weight}" font-size="${fixed(Number(size))}" text-anchor="${anchor}" dominant-baseline="central" ${paint}>${escaped(text)}</text>`,
    );
  }
  translate(x, y) {
    this.out.push(`<g transform="translate(${fixed(x)} ${fixed(y)})">`);
  }
  scale(k) {
    this.out.push(`<g transform="scale(${k.toFixed(5)})">`);
  }
  save() {}
  restore() {
    this.out.push("</g></g>");
  }
}

const fixed = (value) => Number(value.toFixed(2));
const escaped = (text) =>
  String(text)
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");

function drawPage(c) {
  const { width, height, head, foot } = SAVED;
  c.fillStyle = LIGHT.paper;
  c.fillRect(0, 0, width, height);
  c.textAlign = "left";
  c.textBaseline = "middle";
  const write = (text, x, y, weight, size, colour) => {
    c.font = `${weight} ${size}px ${FONT}`;
    c.fillStyle = colour;
    c.fillText(text, x, y);
  };
  write(data.title, 24, 26, 700, 24, LIGHT.ink);
  [data.note, byId("summary").textContent]
    .filter(Boolean)
    .forEach((line, at) => write(line.slice(0, 200), 24, 54 + 20 * at, 400, 15, LIGHT.muted));
  drawSavedLegend(c, write);
  const bounds = wholeBox();
  const k = Math.min(
    (width - 190) / Math.max(bounds.right - bounds.left, 1),
    (height - head - foot - 70) / Math.max(bounds.bottom - bounds.top, 1),
    3,
  );
  const middle = [(bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2];
  const half = [width / 2 / k, (height - head - foot) / 2 / k];
  const seen = viewport(middle[0] - half[0], middle[1] - half[1], middle[0] + half[0], middle[1] + half[1]);
  c.save();
  c.translate(width / 2 - middle[0] * k, (height + head - foot) / 2 - middle[1] * k);
  c.scale(k, k);
  const kept = placed;
  placed = { key: "", labels: [] };
  drawPicture(c, k, seen, LIGHT, { focus: state.selected });
  placed = kept;
  c.restore();
}

function drawSavedLegend(c, write) {
  const { width, height, foot } = SAVED;
  const entries = scheme().categories.filter((_, value) => category.some((own, i) => own === value && !hubs.has(i)));
  let [x, y] = [32, height - foot + 14];
  for (const entry of entries) {
    const room = 40 + textWidth(c, entry.label, 400, 14);
    if (x + room > width) [x, y] = [32, y + 22];
    c.beginPath();
    outline(c, entry.shape, x, y, 7);
    c.fillStyle = entry.colour;
    c.fill();
    write(entry.label, x + 14, y, 400, 14, LIGHT.ink);
    x += room;
  }
  write(texts.saved_marks, 24, height - foot + 60, 400, 13, LIGHT.muted);
  const untied = placedAs("untied").map((i) => actors.label[i]);
  if (untied.length)
    write(
      (texts.tray_untied + texts.colon + untied.join(", ")).slice(0, 230),
      24,
      height - foot + 80,
      400,
      12,
      LIGHT.muted,
    );
}

function picture(scale = 2) {
  const canvas = element("canvas", { width: SAVED.width * scale, height: SAVED.height * scale });
  const c = canvas.getContext("2d");
  c.setTransform(scale, 0, 0, scale, 0, 0);
  drawPage(c);
  return canvas;
}

function svg() {
  const writer = new SvgWriter(document.createElement("canvas").getContext("2d"));
  drawPage(writer);
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SAVED.width} ${SAVED.height}" font-family="DejaVu Sans, sans-serif">`;
  return head + `<title>${escaped(data.title)}</title>` + writer.out.join("") + "</svg>";
}

// A cell that starts like a formula is told apart with an apostrophe, so that no spreadsheet runs it.
function csv() {
  const cell = (value) => {
    const text = String(value ?? "");
    return '"' + (/^[=+\-@\t\r]/.test(text) && typeof value !== "number" ? "'" + text : text).replace(/"/g, '""') + '"';
  };
  const columns = tableColumns();
  const decimal = (value) =>
    typeof value === "number" && data.language === "fr" ? String(value).replace(".", ",") : value;
  const rows = [["actor_id", ...columns.map((column) => column.label)].map(cell)];
  for (let i = 0; i < count; i++) {
    rows.push([
      cell(actors.id[i]),
      ...columns.map((column) => (column.numeric ? '"' + (decimal(column.of(i)) ?? "") + '"' : cell(column.of(i)))),
    ]);
  }
  return "\ufeff" + rows.map((row) => row.join(";")).join("\r\n") + "\r\n";
}

function offer(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 5000);
}

function saving() {
  byId("save-png").addEventListener("click", () =>
    picture().toBlob((blob) => offer(texts.file_name + ".png", blob), "image/png"),
  );
  byId("save-svg").addEventListener("click", () =>
    offer(texts.file_name + ".svg", new Blob([svg()], { type: "image/svg+xml" })),
  );
  byId("save-csv").addEventListener("click", () =>
    offer(texts.file_name + ".csv", new Blob([csv()], { type: "text/csv" })),
  );
  byId("print").addEventListener("click", () => window.print());
  window.addEventListener("beforeprint", () => (byId("printed").src = picture(1.5).toDataURL("image/png")));
}

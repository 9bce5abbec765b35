"use strict";
// Moves all parts of the page to one step, and reads out the curves under the pointer. Without it everything is there, below each other.

const inWords = value => Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en-US") : String(Number(value.toPrecision(4)));

function followTime(bar) {
  const steps = bar.dataset.steps.split(" ").map(Number);
  const slider = bar.querySelector("input"), said = bar.querySelector("output");
  const parts = [...document.querySelectorAll("section")].map(section => [...section.querySelectorAll(".at[data-step]")]);
  const show = () => {
    const step = steps[slider.value];
    said.textContent = step.toLocaleString("en-US");
    slider.setAttribute("aria-valuetext", `step ${said.textContent}`);
    for (const part of parts) {
      const reached = part.filter(at => Number(at.dataset.step) <= step).pop() ?? part[0];
      for (const at of part) at.classList.toggle("now", at === reached);
    }
  };
  document.body.classList.add("stepped");
  bar.hidden = false;
  slider.addEventListener("input", show);
  show();
}

function readerOf(drawn) {
  const hair = drawn.appendChild(document.createElement("div")), box = drawn.appendChild(document.createElement("div"));
  hair.className = "hair";
  box.className = "read";
  box.setAttribute("aria-live", "polite");
  hair.hidden = box.hidden = true;
  const hide = () => { hair.hidden = box.hidden = true; };
  drawn.addEventListener("pointerleave", hide);
  drawn.addEventListener("blur", hide);
  return { hair, box, hide };
}

function onKeys(drawn, moves, move) {
  drawn.addEventListener("keydown", event => {
    if (!(event.key in moves)) return;
    event.preventDefault();
    move(moves[event.key]);
  });
}

function readMap(drawn, chart) {
  const [left, bottom, width, height] = chart.place, { rows, columns, values, name, down } = chart.map;
  const { hair, box, hide } = readerOf(drawn);
  hair.className = "cell";
  let row = 0, column = 0;
  const at = (y, x) => {
    row = Math.max(0, Math.min(rows.length - 1, y));
    column = Math.max(0, Math.min(columns.length - 1, x));
    const value = values[row][column];
    box.replaceChildren();
    box.appendChild(document.createElement("b")).textContent = value === null ? "masked" : `${name} ${value.toFixed(3)}`;
    box.appendChild(document.createElement("div")).textContent = `${down} ${rows[row]}`;
    box.appendChild(document.createElement("div")).textContent = `${chart.title} ${columns[column]}`;
    const from = left + column * width / columns.length, top = 1 - bottom - height + row * height / rows.length;
    Object.assign(hair.style, { left: `${100 * from}%`, top: `${100 * top}%`, width: `${100 * width / columns.length}%`, height: `${100 * height / rows.length}%` });
    const right = column > columns.length / 2;
    box.style.left = right ? "auto" : `calc(${100 * (from + width / columns.length)}% + 8px)`;
    box.style.right = right ? `calc(${100 * (1 - from)}% + 8px)` : "auto";
    box.style.top = `${100 * top}%`;
    hair.hidden = box.hidden = false;
  };
  drawn.addEventListener("pointermove", event => {
    const seen = drawn.getBoundingClientRect();
    const across = ((event.clientX - seen.left) / seen.width - left) / width;
    const below = ((event.clientY - seen.top) / seen.height - (1 - bottom - height)) / height;
    if (across < 0 || across >= 1 || below < 0 || below >= 1) return hide();
    at(Math.floor(below * rows.length), Math.floor(across * columns.length));
  });
  const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  onKeys(drawn, moves, by => box.hidden ? at(row, column) : at(row + by[0], column + by[1]));
}

function readCurves(drawn, chart) {
  const [left, bottom, width, height] = chart.place;
  const scale = chart.log ? Math.log10 : value => value;
  const low = scale(chart.low), size = scale(chart.high) - low;
  const { hair, box, hide } = readerOf(drawn);
  const places = [...new Set(chart.curves.flatMap(curve => curve.x))].sort((one, other) => one - other);
  const nearest = (values, x) => {
    let from = 0, to = values.length - 1;
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      if (values[middle] <= x) from = middle; else to = middle;
    }
    return Math.abs(scale(values[to]) - scale(x)) < Math.abs(scale(values[from]) - scale(x)) ? to : from;
  };
  const show = x => {
    const across = (scale(x) - low) / size;
    if (!(across >= -0.001 && across <= 1.001)) return hide();
    box.replaceChildren();
    box.appendChild(document.createElement("b")).textContent = `${chart.title} ${inWords(x)}`;
    for (const curve of chart.curves) {
      const place = nearest(curve.x, x);
      if (curve.y[place] === null || curve.x[place] > x * 1.0000001 && place === 0) continue;
      const line = box.appendChild(document.createElement("div"));
      line.appendChild(document.createElement("i")).style.borderColor = curve.colour;
      const when = curve.x[place] === x ? "" : ` (at ${inWords(curve.x[place])})`;
      line.append(`${curve.name} ${curve.y[place].toFixed(3)}${when}`);
    }
    hair.style.left = `${100 * (left + across * width)}%`;
    hair.style.top = `${100 * (1 - bottom - height)}%`;
    hair.style.height = `${100 * height}%`;
    hair.hidden = box.hidden = false;
    const right = across > 0.5;
    box.style.left = right ? "auto" : `calc(${100 * (left + across * width)}% + 12px)`;
    box.style.right = right ? `calc(${100 * (1 - left - across * width)}% + 12px)` : "auto";
    box.style.top = `${100 * (1 - bottom - height)}%`;
  };
  let place = places.length - 1;
  const at = index => { place = Math.max(0, Math.min(places.length - 1, index)); show(places[place]); };
  drawn.addEventListener("pointermove", event => {
    const seen = drawn.getBoundingClientRect();
    const across = ((event.clientX - seen.left) / seen.width - left) / width;
    if (across < 0 || across > 1) return hide();
    const value = low + across * size;
    at(nearest(places, chart.log ? 10 ** value : value));
  });
  onKeys(drawn, { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20 }, by => at(place + by));
}

for (const bar of document.querySelectorAll(".time")) followTime(bar);
for (const drawn of document.querySelectorAll(".drawn[data-chart]")) {
  const chart = JSON.parse(drawn.dataset.chart);
  (chart.map ? readMap : readCurves)(drawn, chart);
}

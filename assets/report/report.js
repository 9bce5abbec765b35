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

function readOut(drawn) {
  const chart = JSON.parse(drawn.dataset.chart);
  const [left, bottom, width, height] = chart.place;
  const scale = chart.log ? Math.log10 : value => value;
  const low = scale(chart.low), size = scale(chart.high) - low;
  const hair = drawn.appendChild(document.createElement("div")), box = drawn.appendChild(document.createElement("div"));
  hair.className = "hair";
  box.className = "read";
  hair.hidden = box.hidden = true;
  const places = [...new Set(chart.curves.flatMap(curve => curve.x))].sort((one, other) => one - other);
  const nearest = (values, x) => {
    let from = 0, to = values.length - 1;
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      if (values[middle] <= x) from = middle; else to = middle;
    }
    return Math.abs(scale(values[to]) - scale(x)) < Math.abs(scale(values[from]) - scale(x)) ? to : from;
  };
  const hide = () => { hair.hidden = box.hidden = true; };
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
  drawn.addEventListener("pointerleave", hide);
  drawn.addEventListener("blur", hide);
  drawn.addEventListener("keydown", event => {
    const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    at(place + by);
  });
}

for (const bar of document.querySelectorAll(".time")) followTime(bar);
for (const drawn of document.querySelectorAll(".drawn[data-chart]")) if (JSON.parse(drawn.dataset.chart).curves.length) readOut(drawn);

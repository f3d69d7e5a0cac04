"use strict";
for (const box of document.querySelectorAll("[data-vintages]")) {
  const slide = box.querySelector(".slide"), input = box.querySelector("input");
  const day = box.querySelector("[data-day]"), views = box.querySelectorAll(".vintage");
  const show = () => {
    const chosen = Number(input.value);
    views.forEach((view, number) => { view.hidden = number !== chosen; });
    day.textContent = views[chosen].dataset.day;
    input.setAttribute("aria-valuetext", "as known on " + views[chosen].dataset.day);
  };
  input.value = String(views.length - 1);
  input.addEventListener("input", show);
  slide.hidden = false;
  show();
}
for (const stamp of document.querySelectorAll("[data-at]")) {
  const hours = (Date.now() - Date.parse(stamp.dataset.at)) / 3600000;
  if (hours > Number(stamp.dataset.hours)) {
    stamp.classList.add("old");
    stamp.querySelector(".silence").textContent = "That is " + Math.floor(hours / 24) + " days ago: nothing has been measured since.";
  }
}
if (location.hash.startsWith("#f-") && !document.getElementById(location.hash.slice(1))) {
  location.replace(document.querySelector("[data-changes]").href + location.hash);
}

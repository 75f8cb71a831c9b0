// Lets django-unfold 0.91.0 run under script-src 'self' with Alpine's CSP build, which cannot see
// the page's global functions and variables; and makes the theme's clickable words reachable by keyboard.
(() => {
  const SIDEBAR = "sidebarDesktopOpen";
  const storage = window.localStorage;

  const currentTab = () => {
    const tab = window.location.hash.slice(1);
    if (tab && document.getElementById(`${tab}-group`)) return tab;
    return document.body.dataset.firstTab || "";
  };

  document.addEventListener("alpine:init", () => {
    const Alpine = window.Alpine;
    Alpine.data("theme", () => {
      const theme = window.theme("auto");
      const start = theme.init;
      return {
        ...theme,
        activeTab: currentTab(),
        sidebarMobileOpen: false,
        sidebarDesktopOpen: storage.getItem(SIDEBAR) !== "0",
        window: { location: { pathname: window.location.pathname, search: window.location.search } },
        init() {
          start.call(this);
          this.$watch(SIDEBAR, (open) => storage.setItem(SIDEBAR, open ? "1" : "0"));
        },
      };
    });
  });

  const NATIVE = "a[href], button, input, select, textarea, summary, label, form, html, body";

  const makeReachable = (root) => {
    for (const icon of root.querySelectorAll(".material-symbols-outlined")) icon.setAttribute("aria-hidden", "true");
    for (const cell of root.querySelectorAll("[data-label]")) {
      cell.dataset.label = cell.dataset.label.charAt(0).toUpperCase() + cell.dataset.label.slice(1);
    }
    for (const opener of root.querySelectorAll("a[x-on\\:click*=showActions]")) opener.ariaLabel = "Tindakan lain";
    for (const element of root.querySelectorAll("[x-on\\:click]")) {
      if (element.matches(NATIVE) || element.closest("a[href], button")) continue;
      // Backdrops close on a click beside the panel; Escape does the same from the keyboard.
      if (!element.textContent.trim() && !element.ariaLabel && !element.title) continue;
      element.setAttribute("role", "button");
      element.setAttribute("tabindex", "0");
    }
  };

  // select2 names its box after the value alone; without a value it has no name at all.
  const nameChoices = () => {
    for (const box of document.querySelectorAll(".select2-selection[role=combobox]")) {
      const select = box.closest(".select2-container").previousElementSibling;
      const words = select?.labels?.[0]?.textContent.trim() || select?.ariaLabel;
      if (!words) continue;
      const shown = box.querySelector(".select2-selection__rendered");
      box.ariaLabel = words;
      // Several can be chosen: what is typed goes into a field inside the box.
      box.querySelector(".select2-search__field")?.setAttribute("aria-label", words);
      box.setAttribute("aria-describedby", shown?.id || "");
      box.removeAttribute("aria-labelledby");
      shown?.setAttribute("aria-label", `${words}: ${shown.textContent.trim()}`);
    }
  };
  const nameScrollers = () => {
    for (const scroller of document.querySelectorAll(".simplebar-content-wrapper")) {
      scroller.ariaLabel = scroller.closest("#nav-sidebar") ? "Isi menu" : "Isi tabel atau daftar";
    }
  };
  window.addEventListener("load", () => window.setTimeout(nameScrollers, 50));
  const nameChoicesSoon = () => window.setTimeout(nameChoices, 50);
  window.addEventListener("load", nameChoicesSoon);
  document.addEventListener("formset:added", nameChoicesSoon);

  document.addEventListener("alpine:initialized", () => makeReachable(document));
  document.addEventListener("htmx:afterSwap", (event) => makeReachable(event.target));
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches("[role=button][tabindex]") || event.target.matches(NATIVE)) return;
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.target.click();
  });
})();

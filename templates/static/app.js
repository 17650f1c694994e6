// Enhancement only: every page can be read, searched by its lists and printed without this file.
(() => {
  const root = document.documentElement;
  const live = document.getElementById("live");
  const say = (text) => {
    if (!live) return;
    live.textContent = "";
    setTimeout(() => (live.textContent = text), 50);
  };

  // The theme: the system's until a reader chooses.
  const button = document.getElementById("theme");
  const isDark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  if (button) {
    show();
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      try {
        localStorage.theme = root.dataset.theme;
      } catch {}
      show();
    });
  }

  // Copy a claim's address, or share its words and verdict where a phone can.
  const share = async (control) => {
    const url = new URL(control.dataset.copy, location.href).href;
    const text = control.dataset.text;
    try {
      if (text && navigator.share && matchMedia("(hover: none)").matches) return await navigator.share({ text, url });
      await navigator.clipboard.writeText(text ? `${text}\n${url}` : url);
    } catch (error) {
      return error.name === "AbortError" || say(live.dataset.failed);
    }
    say(live.dataset.copied);
    const words = control.textContent;
    control.textContent = live.dataset.copied;
    setTimeout(() => (control.textContent = words), 1600);
  };
  document.addEventListener("click", async (event) => {
    const copier = event.target.closest("[data-copy-of]");
    if (copier) {
      const copied = navigator.clipboard?.writeText(document.getElementById(copier.dataset.copyOf).textContent);
      return Promise.resolve(copied ?? Promise.reject()).then(() => say(live.dataset.copied), () => say(live.dataset.failed));
    }
    const control = event.target.closest("[data-copy]");
    if (control && control.ariaDisabled !== "true") {
      control.ariaDisabled = "true";
      share(control).finally(() => setTimeout(() => (control.ariaDisabled = null), 1700));
    }
  });

  // The slash key goes to the search box, on any keyboard layout.
  document.addEventListener("keydown", (event) => {
    const box = document.querySelector("input[type=search]");
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if ((event.key !== "/" && (event.code !== "Slash" || event.shiftKey)) || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (box) {
      box.focus();
      box.select();
    } else if (document.body.dataset.find) location.href = document.body.dataset.find;
  });

  // On paper the folded evidence stands open, in browsers that cannot do it by style alone.
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => (d.open = true)));
})();

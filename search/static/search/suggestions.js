// Suggestions while typing: words that continue the last one, and papers to go to at once.
// Each search field becomes an editable combobox with a list, after the ARIA Authoring
// Practices. Without JavaScript the field works as it is.
(() => {
  const PAUSE = 150;
  const SHORTEST = 2;
  let boxes = 0;

  class Suggestions {
    constructor(form) {
      this.form = form;
      this.field = form.querySelector("input[name=q]");
      this.texts = form.dataset;
      this.timer = 0;
      this.asked = "";
      this.active = -1;
      this.options = [];
      this.build(`vorschlaege-${(boxes += 1)}`);
      this.listen();
    }

    build(id) {
      this.list = make("div", { id, role: "listbox", "aria-label": this.texts.label, hidden: "" });
      this.list.className = "suggestions";
      this.status = make("p", { role: "status" });
      this.status.className = "kern-sr-only";
      this.field.closest(".kern-form-input").append(this.list, this.status);
      const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": id };
      for (const [name, value] of Object.entries(attributes)) this.field.setAttribute(name, value);
      this.field.setAttribute("aria-expanded", "false");
    }

    listen() {
      this.field.addEventListener("input", () => {
        window.clearTimeout(this.timer);
        this.timer = window.setTimeout(() => this.ask().catch(() => this.close()), PAUSE);
      });
      this.field.addEventListener("keydown", (event) => this.key(event));
      this.field.addEventListener("blur", () => this.close());
      // A press on an option must not take the focus away before its click.
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.choose(option);
      });
    }

    async ask() {
      const text = this.field.value;
      this.asked = text;
      if (text.trim().length < SHORTEST) return this.close();
      const address = new URL(this.texts.suggestions, window.location.href);
      address.searchParams.set("q", text);
      const answer = await fetch(address);
      // Meanwhile somebody typed on, or left.
      if (!answer.ok || this.asked !== text || document.activeElement !== this.field) return;
      this.show(await answer.json());
    }

    show({ suggestions, papers }) {
      const words = suggestions.map((word) => this.option(word, { "data-word": word }));
      const found = papers.map((paper) =>
        this.option(paper.title, { "data-url": paper.url }, paper.kind),
      );
      this.options = [...words, ...found];
      this.options.forEach((option, place) => (option.id = `${this.list.id}-${place}`));
      this.list.replaceChildren(
        ...group(this.texts.words, words),
        ...group(this.texts.papers, found),
      );
      this.active = -1;
      this.field.removeAttribute("aria-activedescendant");
      this.list.hidden = !this.options.length;
      this.field.setAttribute("aria-expanded", String(!this.list.hidden));
      this.status.textContent = this.list.hidden ? "" : `${this.options.length} ${this.texts.count}`;
    }

    option(text, attributes, note = "") {
      const option = make("div", { role: "option", "aria-selected": "false", ...attributes });
      option.append(text);
      if (note) {
        const small = make("span", {});
        small.className = "meta";
        small.textContent = note;
        option.append(" ", small);
      }
      return option;
    }

    close() {
      window.clearTimeout(this.timer);
      this.asked = "";
      this.show({ suggestions: [], papers: [] });
    }

    key(event) {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (this.list.hidden) return;
        event.preventDefault();
        this.move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter" && this.active >= 0) {
        event.preventDefault();
        this.choose(this.options[this.active]);
      } else if (event.key === "Escape" && !this.list.hidden) {
        event.preventDefault();
        this.close();
      }
    }

    // One place before the first option is the field itself, with what was typed.
    move(step) {
      const places = this.options.length + 1;
      this.active = ((this.active + 1 + step + places) % places) - 1;
      this.options.forEach((option, place) =>
        option.setAttribute("aria-selected", String(place === this.active)),
      );
      const chosen = this.options[this.active];
      if (!chosen) return this.field.removeAttribute("aria-activedescendant");
      this.field.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    }

    choose(option) {
      if (option.dataset.url) {
        window.location.assign(option.dataset.url);
        return;
      }
      this.field.value = this.field.value.replace(/[\p{L}\p{N}]*$/u, option.dataset.word);
      this.close();
      this.form.requestSubmit();
    }
  }

  const make = (name, attributes) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };

  const group = (label, options) => {
    if (!options.length) return [];
    const heading = make("div", { role: "presentation" });
    heading.className = "heading";
    heading.textContent = label;
    const box = make("div", { role: "group", "aria-label": label });
    box.append(heading, ...options);
    return [box];
  };

  for (const form of document.querySelectorAll("form[data-suggestions]")) new Suggestions(form);
})();

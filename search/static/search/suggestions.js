// Completes the last word of the search field from words this person may see.
// Without JavaScript the field works as it is.
(() => {
  const field = document.getElementById("q");
  const list = document.getElementById("q-vorschlaege");
  if (!field || !list) return;

  let timer = 0;
  let asked = "";

  const show = (start, words) => {
    list.replaceChildren(
      ...words.map((word) => {
        const option = document.createElement("option");
        option.value = start + word;
        return option;
      }),
    );
  };

  const ask = async () => {
    const [, start, word] = field.value.match(/^(.*?)([\p{L}\p{N}]*)$/su);
    if (word.length < 2 || word === asked) return;
    asked = word;
    const answer = await fetch(`${list.dataset.address}?q=${encodeURIComponent(word)}`);
    if (!answer.ok || asked !== word) return;
    show(start, (await answer.json()).suggestions);
  };

  field.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => ask().catch(() => show("", [])), 150);
  });
})();

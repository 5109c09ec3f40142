/* Where one stopped reading, on whatever computer: said at the head of the text, which one goes to if one wishes. */

/* Less than this of a block, at the top of the window, was read. */
const READ = 48;

export class Reading {
  constructor(text, place) {
    this.blocks = [...text.querySelectorAll(".stream > :not(.rich-text), .stream > .rich-text > *")];
    this.moved = false;
    addEventListener("scroll", () => (this.moved = true), { passive: true, once: true });
    this.offer(text.querySelector("[data-read-on]"), this.blocks[place.block]);
  }

  /* The first block in sight; 0 at the beginning and once the end is in sight. Nothing from whoever did not move. */
  get place() {
    if (!this.moved || !this.blocks.length) return null;
    if (this.blocks.at(-1).getBoundingClientRect().bottom <= innerHeight) return { block: 0 };
    return { block: Math.max(this.blocks.findIndex((block) => block.getBoundingClientRect().bottom > READ), 0) };
  }

  offer(said, block) {
    if (!said || !block || block === this.blocks[0]) return;
    said.hidden = false;
    said.querySelector("button").addEventListener("click", () => {
      said.hidden = true;
      block.tabIndex = -1;
      block.focus({ preventScroll: true });
      block.scrollIntoView({ block: "start" });
    });
  }
}

// The table of contents says where the reader is.

/** Mark the link of the section that is being read. */
export function contents(toc) {
  const links = new Map();
  for (const link of toc.querySelectorAll("a[href^='#']")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  const headings = [...links.keys()];
  const mark = () => {
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    const current = links.get(passed.at(-1));
    for (const link of links.values()) {
      if (link === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -66%", threshold: [0, 1] });
  headings.forEach((heading) => observer.observe(heading));
  mark();
}

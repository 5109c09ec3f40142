/* What a word processor puts on the clipboard loses its bold, italics and styles before it reaches a
   text block; the editor's own filter then keeps paragraphs, lists and links. Text copied from a block
   of ours, or from a web page, is left as it is. */
const WORD_PROCESSOR = /class="?'?Mso|mso-|docs-internal-guid|LibreOffice|OpenOffice|urn:schemas-microsoft-com/i;
const LOOKS = "b, strong, i, em, u, s, strike, del, font, span, sub, sup, small, big, mark, code";
const OUT = "style, script, meta, link, title, img, xml";
// Calls and bodies of notes: only "Paste from a word processor" makes notes of them.
const NOTES = '[href^="#_ftn"], [href^="#_edn"], [href^="#sdfootnote"], [href^="#ftnt"], [style*="mso-element:footnote"], [style*="mso-element:endnote"], [id^="sdfootnote"]';

function cleaned(html) {
  // Word writes the bullet or number of each item as text, between these.
  const source = html.replace(/<!\[if !supportLists\]>[\s\S]*?<!\[endif\]>/gi, "").replace(/<!--[\s\S]*?-->/g, "");
  const page = new DOMParser().parseFromString(source, "text/html");
  for (const element of page.querySelectorAll(`${OUT}, ${NOTES}`)) element.remove();
  for (const element of page.querySelectorAll(LOOKS)) element.replaceWith(...element.childNodes);
  for (const element of page.querySelectorAll("*")) {
    for (const name of ["style", "class", "id"]) element.removeAttribute(name);
  }
  page.body.normalize();
  return page.body.innerHTML;
}

document.addEventListener(
  "paste",
  (event) => {
    const html = event.clipboardData?.getData("text/html");
    // What is sent again below no longer looks like a word processor's.
    if (!html || !event.target.closest?.(".Draftail-Editor") || !WORD_PROCESSOR.test(html)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const data = new DataTransfer();
    data.setData("text/html", cleaned(html));
    data.setData("text/plain", event.clipboardData.getData("text/plain"));
    event.target.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  },
  true,
);

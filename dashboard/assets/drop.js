// The whole page takes files: they are handed to the frame's own uploader, whichever page is open.
const LIMIT = 64 * 1024 * 1024;

export default function () {
  window.jilanDrop?.abort(); // the script runs again on every change of data, its cleaning-up only once
  const control = (window.jilanDrop = new AbortController());
  const listen = (name, act) => document.addEventListener(name, act, { signal: control.signal, capture: true });
  const files = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  const own = (event) => event.target.closest?.('[data-testid="stFileUploaderDropzone"]');
  const show = (text, stay) => {
    let veil = document.getElementById("drop-veil");
    if (!text) return veil?.remove();
    if (!veil) {
      veil = document.body.appendChild(document.createElement("div"));
      veil.id = "drop-veil";
    }
    veil.textContent = text;
    if (stay) setTimeout(() => veil.remove(), stay);
  };
  show("");
  listen("dragover", (event) => {
    if (!files(event)) return;
    event.preventDefault();
    show("松开鼠标即可导入");
  });
  listen("dragleave", (event) => { if (!event.relatedTarget) show(""); });
  listen("drop", (event) => {
    show("");
    if (!files(event) || own(event)) return;
    event.preventDefault();
    const input = document.querySelector('.st-key-drop input[type="file"]');
    const dropped = [...event.dataTransfer.files];
    if (!input || !dropped.length) return;
    const large = dropped.find((file) => file.size > LIMIT);
    if (large) return show(`“${large.name}”超过 64 兆，请分成几个文件再导入`, 5000);
    show("正在接收文件…", 8000);
    const handed = new DataTransfer();
    dropped.forEach((file) => handed.items.add(file));
    input.files = handed.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  return () => { control.abort(); show(""); };
}

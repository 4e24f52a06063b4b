// The whole page takes files and folders: they are handed to the frame's own uploader, whichever page is open.
let most = { bytes: 0, words: "" }; // how large a file may be: see upload_limit.py
const LITTER = /^(~\$|\.)/; // what folders hold beside tables

export default function ({ data }) {
  most = data.most;
  window.jilanDrop?.abort(); // the script runs again on every change of data, its cleaning-up only once
  const control = (window.jilanDrop = new AbortController());
  const listen = (name, act) => document.addEventListener(name, act, { signal: control.signal, capture: true });
  const files = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  const own = (event) => event.target.closest?.('[data-testid="stFileUploaderDropzone"]');
  if (!document.querySelector("#drop-veil.warning")) show(""); // the files have arrived
  listen("dragover", (event) => {
    if (!files(event)) return;
    event.preventDefault();
    show("松开鼠标即可导入");
  });
  listen("dragleave", (event) => { if (!event.relatedTarget) show(""); });
  listen("drop", async (event) => {
    show("");
    if (!files(event)) return;
    const items = [...event.dataTransfer.items].filter((one) => one.kind === "file");
    const found = items.map((one) => one.webkitGetAsEntry?.() ?? one.getAsFile()); // now: later it is gone
    if (own(event) && !found.some((one) => one?.isDirectory)) return told([...event.dataTransfer.files]);
    event.preventDefault();
    event.stopPropagation();
    show("正在接收文件…", 8000);
    hand((await Promise.all(found.map(inside))).flat());
  });
  listen("change", (event) => { if (event.target.matches?.('[class*="st-key-upload-files"] input')) told([...event.target.files]); });
  listen("click", () => show(""));
  return () => control.abort();
}

let timer;
function show(text, stay, warning) {
  clearTimeout(timer);
  let veil = document.getElementById("drop-veil");
  if (!text) return veil?.remove();
  if (!veil) {
    veil = document.body.appendChild(document.createElement("div"));
    veil.id = "drop-veil";
  }
  veil.textContent = text;
  veil.classList.toggle("warning", Boolean(warning));
  if (stay) timer = setTimeout(() => veil.remove(), stay);
}

// Whether files are too large, which is said: the uploader that would say it is gone with the next files.
function told(found) {
  const large = found.filter((file) => file.size > most.bytes);
  if (!large.length) return;
  const names = large.slice(0, 3).map((file) => `“${file.name}”`).join("、") + (large.length > 3 ? ` 等 ${large.length} 个文件` : "");
  const rest = found.length - large.length;
  show(`${names}超过 ${most.words}，没有接收，请分成几个文件再导入。${rest ? `其余 ${rest} 个照常接收。` : ""}`, 15000, true);
}

function hand(found) {
  const input = document.querySelector('.st-key-drop input[type="file"]');
  const handed = new DataTransfer();
  found.filter((file) => file.size <= most.bytes).forEach((file) => handed.items.add(file));
  told(found);
  if (!input || !handed.files.length) return found.length || show("文件夹里没有文件", 5000, true);
  input.files = handed.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

// The files of what was dropped, those of folders in folders too.
async function inside(one) {
  if (!one) return [];
  if (one instanceof File) return [one];
  try {
    if (one.isFile) return [await new Promise((done, fail) => one.file(done, fail))];
    const reader = one.createReader(), found = [];
    for (let some; !some || some.length; found.push(...some)) // a hundred at a time
      some = await new Promise((done, fail) => reader.readEntries(done, fail));
    return (await Promise.all(found.filter((each) => !LITTER.test(each.name)).map(inside))).flat();
  } catch { return []; } // gone meanwhile
}

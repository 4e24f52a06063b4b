// The slides in a page of the dashboard. This runs again whenever the data may have changed; the slide now
// shown stays in the address, written there without asking the server.
const NAME = "slide";
const QUIET = 150; // ms without a key before the address is written: browsers allow only so many writes

export default function ({ parentElement, data }) {
  const room = parentElement.querySelector(".deck-room") ?? parentElement.appendChild(document.createElement("div"));
  if (room.shown !== data.html) {
    room.end?.();
    room.shown = data.html;
    room.className = "deck-room";
    room.innerHTML = data.html;
    room.end = present(room.querySelector(".deck"));
  }
  return () => room.end?.();
}

// The slide that an address names, from 1; what makes no sense is as if it were not there.
function asked(values) {
  return values.length === 1 && /^[1-9][0-9]{0,5}$/.test(values[0]) ? Number(values[0]) : 1;
}

function present(root) {
  root.classList.add("embedded");
  let shown = 1;
  let waiting = 0;
  const page = location.pathname;
  const write = () => {
    clearTimeout(waiting);
    waiting = 0;
    if (location.pathname !== page) return; // another page has the address by now
    const address = new URL(location.href);
    address.searchParams.set(NAME, shown);
    history.replaceState(history.state, "", address);
  };
  const end = deck(root, {
    at: asked(new URL(location.href).searchParams.getAll(NAME)),
    tell: (number) => {
      shown = number;
      clearTimeout(waiting);
      waiting = setTimeout(write, QUIET);
    },
  });
  const leave = () => waiting && write();
  addEventListener("pagehide", leave);
  root.focus({ preventScroll: true });
  return () => {
    clearTimeout(waiting);
    removeEventListener("pagehide", leave);
    end();
  };
}

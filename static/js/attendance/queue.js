// What was entered on this device and is not yet known to the server. One key of the local storage for
// each entry, so that two tabs never overwrite each other. Keys name the person who entered it and the
// session: whoever else uses this computer sees nothing. No name is ever stored.
const QUEUE = "attendance-entry:";
const STATE = "attendance-state:";

export class Queue {
  constructor(user, session) {
    this.prefix = `${QUEUE}${user}:${session}:`;
    this.stateKey = `${STATE}${user}:${session}`;
  }

  /** Keep an entry; throws when the device refuses to store anything. */
  add(halfDay, registration, present) {
    const entry = { id: crypto.randomUUID(), half_day: halfDay, registration, present, at: Date.now() };
    localStorage.setItem(this.prefix + entry.id, JSON.stringify(entry));
    return entry;
  }

  /** All entries in the order in which they were made. */
  all() {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => parsed(key))
      .filter(Boolean)
      .sort((one, other) => one.at - other.at);
  }

  unsent() {
    return this.all().filter((entry) => !entry.refused);
  }

  refused() {
    return this.all().filter((entry) => entry.refused);
  }

  drop(id) {
    localStorage.removeItem(this.prefix + id);
  }

  /** The server will not take it: kept until somebody has read why. */
  refuse(id, why) {
    const entry = parsed(this.prefix + id);
    if (entry) localStorage.setItem(this.prefix + id, JSON.stringify({ ...entry, refused: why }));
  }

  /** How things stood when the server last answered: newer than a page kept for want of network. */
  remember(readAt, halfDays) {
    localStorage.setItem(this.stateKey, JSON.stringify({ readAt, halfDays }));
  }

  remembered() {
    return parsed(this.stateKey);
  }
}

function parsed(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/** How many entries of anybody were not sent from this device. */
export function unsentOnThisDevice() {
  return Object.keys(localStorage).filter((key) => key.startsWith(QUEUE)).length;
}

/** Take away everything that attendance keeps on this device. */
export function clear() {
  Object.keys(localStorage)
    .filter((key) => key.startsWith(QUEUE) || key.startsWith(STATE))
    .forEach((key) => localStorage.removeItem(key));
}

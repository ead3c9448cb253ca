// Why: grounds take time to write; they are kept on this device until the server has them.
function key(userId: string, applicationId: string): string {
  return `plumbline.appeal.${userId}.${applicationId}`;
}

export function keptGrounds(userId: string, applicationId: string): string {
  return localStorage.getItem(key(userId, applicationId)) ?? '';
}

export function keepGrounds(userId: string, applicationId: string, grounds: string): void {
  try {
    localStorage.setItem(key(userId, applicationId), grounds);
  } catch {
    // A full or forbidden store only means that this copy is not kept.
  }
}

export function dropGrounds(userId: string, applicationId: string): void {
  localStorage.removeItem(key(userId, applicationId));
}

const DAY_MILLISECONDS = 86_400_000;

/** Whole days up to and including the last day, Hong Kong time; 0 when it is over. */
export function daysLeft(lastDay: string, now: number): number {
  const end = Date.parse(`${lastDay.slice(0, 10)}T24:00:00+08:00`);
  return end <= now ? 0 : Math.ceil((end - now) / DAY_MILLISECONDS);
}

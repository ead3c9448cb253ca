// Why: after signing in elsewhere the tab goes back to its own pages only, and once.
import { afterEach, describe, expect, it } from 'vitest';
import { leftFrom } from './provider';

afterEach(() => sessionStorage.clear());

describe('the page that a tab left from', () => {
  it('is remembered once', () => {
    sessionStorage.setItem('plumbline.left-from', '/o/7/applications/9?tab=budget');
    expect(leftFrom()).toBe('/o/7/applications/9?tab=budget');
    expect(leftFrom()).toBeNull();
  });

  it('is one of ours that has something to go back to', () => {
    const others = ['/', '/sign-in', '//other.example/x', 'https://other.example', 'other'];
    const back = others.map((path) => {
      sessionStorage.setItem('plumbline.left-from', path);
      return leftFrom();
    });
    expect(back).toEqual(others.map(() => null));
  });
});

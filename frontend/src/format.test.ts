// Why: money and dates are read by finance people; each format is pinned here.
import { describe, expect, it } from 'vitest';
import * as format from './format';

describe('money', () => {
  it('groups thousands and keeps cents', () => {
    expect(format.money('1850000')).toBe('HK$1,850,000.00');
    expect(format.money('12345678901234567.89')).toBe('HK$12,345,678,901,234,567.89');
    expect(format.money('-1000.5')).toBe('\u2212HK$1,000.50');
    expect(format.money('-0.00')).toBe('HK$0.00');
  });

  it('shows more than two decimals when they are there', () => {
    expect(format.money('0.125')).toBe('HK$0.125');
  });
});

describe('a ratio', () => {
  it('is shown at two places, half away from zero', () => {
    expect(format.ratio('16.065')).toBe('16.07 : 1');
    expect(format.ratio('2.744999999999')).toBe('2.74 : 1');
    expect(format.ratio('3')).toBe('3.00 : 1');
    expect(format.fixed('-2.345', 2)).toBe('\u22122.35');
    expect(format.fixed('0.996', 2)).toBe('1.00');
    expect(format.fixed('9.5', 0)).toBe('10');
  });
});

describe('the length of a file', () => {
  it('has one decimal below ten and names its unit', () => {
    expect(format.fileSize(840)).toBe('840 B');
    expect(format.fileSize(1400)).toBe('1.4 KB');
    expect(format.fileSize(999_499)).toBe('999 KB');
    expect(format.fileSize(999_500)).toBe('1.0 MB');
    expect(format.fileSize(20_971_520)).toBe('21 MB');
  });
});

describe('percent', () => {
  it('moves the point and never rounds', () => {
    expect(format.percent('0.15')).toBe('15%');
    expect(format.percent('0.1525')).toBe('15.25%');
    expect(format.percent('1')).toBe('100%');
    expect(format.percent('0.005')).toBe('0.5%');
  });
});

describe('what a person types', () => {
  it('accepts full-width digits, commas, HK$ and spaces', () => {
    expect(format.readMoney('ＨＫ＄１，８５０，０００')).toBe('1850000.00');
    expect(format.readMoney(' HK$ 1,850.5 ')).toBe('1850.50');
    expect(format.readNumber('.5')).toBe('0.5');
    expect(format.readNumber('12.')).toBe('12');
  });

  it('reads a percentage with or without its mark', () => {
    expect(format.readPercent('15')).toBe('0.15');
    expect(format.readPercent('１５％')).toBe('0.15');
    expect(format.readPercent('0.5%')).toBe('0.005');
  });

  it('says no to what is not a number', () => {
    expect(format.readNumber('about 12')).toBeNull();
    expect(format.readNumber('')).toBeNull();
    expect(format.readNumber('1.2.3')).toBeNull();
  });
});

describe('dates and times', () => {
  it('writes days in either language', () => {
    expect(format.date('2026-11-21', 'en')).toBe('21 November 2026');
    expect(format.date('2026-11-21', 'zh')).toBe('2026年11月21日');
  });

  it('names Hong Kong time', () => {
    expect(format.dateTime('2026-12-11T10:00:00Z', 'en')).toBe('11 December 2026, 18:00 HKT');
    expect(format.dateTime('2026-12-31T16:30:00Z', 'zh')).toBe('2027年1月1日 00:30（香港時間）');
  });

  it('runs the financial year from April to March', () => {
    expect(format.financialYear('2026-03-31')).toBe('2025-26');
    expect(format.financialYear('2026-04-01')).toBe('2026-27');
    expect(format.financialYears('2026-10-01', '2028-04-01')).toEqual(['2026-27', '2027-28', '2028-29']);
    expect(format.financialYear('1999-05-01')).toBe('1999-00');
  });

  it('counts down in two units', () => {
    expect(format.timeLeft((20 * 24 + 3) * 3_600_000, 'en')).toBe('20 d 3 h');
    expect(format.timeLeft(59 * 60_000, 'zh')).toBe('59 分鐘');
    expect(format.timeLeft(0, 'en')).toBeNull();
  });
});

it('counts characters as code points with one per line end', () => {
  expect(format.characterCount('𠮷\r\na')).toBe(3);
});

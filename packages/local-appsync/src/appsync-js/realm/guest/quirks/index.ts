import { equal, switched } from './A1';
import { either, given } from './A3';
import { lost } from './A4';
import { typeOfMember } from './A5';
import { entries, keys, stringify, values } from './A7';
import { cut } from './A9';
import { compare } from './A10';
import { index } from './A11';
import { settled } from './A12';
import { handOver, visited } from './L1';
import { notReturned } from './L7';
import { add, number, perhapsStored, predicate, text, truth } from './N1';

/** What rewritten code calls. Each takes first the number of the place that it is called at. */
export const quirks = Object.freeze({
  ...{ equal, switched, given, either, lost, typeOfMember, cut, compare, index, settled },
  ...{ keys, values, entries, stringify },
  ...{ handOver, visited, notReturned },
  ...{ add, number, perhapsStored, predicate, text, truth },
});

export type GuestQuirks = typeof quirks;

/** Something in the code that AppSync would refuse; line and column count from 1. */
export interface CodeProblem {
  message: string;
  line: number;
  column: number;
}

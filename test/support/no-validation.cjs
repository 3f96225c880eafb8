// CDK checks each template against rules in WebAssembly, which takes ten times as long as synthesizing it. `cdk synth`,
// which prepares the tests of the system, does so once; tests that only look at templates need not do it again.
process.env.CDK_VALIDATION ??= 'false';

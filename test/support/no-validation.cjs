// CDK checks each template against rules in WebAssembly, which takes ten times as long as synthesizing it, and with
// `validateAgainstDefaultRules` what they find is an error. `cdk synth`, which prepares the tests of the system for both
// stages, does so once; tests that only look at templates need not do it again.
process.env.CDK_VALIDATION ??= 'false';

import { setFlagsFromString } from 'node:v8';

// AgentCore bills the peak of memory for a session's whole life. Left alone, V8 lets garbage pile up on a large machine: 309 MB
// instead of 136 MB after 500 questions, at the same speed.
setFlagsFromString('--optimize-for-size');

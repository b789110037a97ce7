const words = `a about above after again against ain all also although always am among an and another any anybody anyone anything are aren as ask
at be became because been before being below between both but by came can cannot cant come could couldn d did didn do does doesn doing don done dont
down during each either else ever every everyone explain few find for from further gave get gets give given go goes going gonna got had has hasn have
haven having he hello help her here hers hey hi him his hmm how however i if im in info information instead into is isn it its itself just kindly know
let lets like ll look looking made make makes many may maybe me mean means might mine more most much must my need needed needs never next no nor not now of
ok okay on once one only onto or other our ours out over own per please quick quickly really s same say says see shall she should shouldn show since
so some somebody someone something still such sure t take tell than thank thanks that thats the their theirs them then there these they thing things
this those though through thus to too under until up upon us use used using usually ve very want wanted wants was wasn way we well were weren what whats
when where whether which while who whom whose why will with within without won would wouldn yes yet you your yours
happen happened happens right currently exactly actually anyway long often taken takes detail details elaborate specifics`;

/** Words that say nothing about what a question is about. */
export const stopWords: ReadonlySet<string> = new Set(words.split(/\s+/));

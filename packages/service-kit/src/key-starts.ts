/**
 * How makers of keys begin them, so that whoever finds one knows it: as the makers say, and as gitleaks and GitHub's secret scanning list them. No
 * start is also a word that names are made of; what is told by more than its start stands in `secret-texts.ts`.
 */
export const keyStarts = [
  // Where code lies and is built.
  'gh[pousr]_|github_pat_|gl(?:pat|rt|ptt|dt|ft|soat|cbt|imt|agent|oas|ffct)-|AT[AC]TT|ATBB|npm_|pypi-|rubygems_|oy2|CLOJARS_|dckr_[po]at_|hf_|r8_|ops_eyJ|bkua_',
  // Clouds, and what runs on them.
  String.raw`ABSK|bedrock-api-key-|ya29\.|AIza|GOCSPX-|1//0|LTAI|do[op]_v1_|dapi|hv[sbr]\.|fo1_|nfp_|vcp_|sbp_|sb_secret_|pscale_(?:tkn|pw|oauth)_|pul-`,
  String.raw`dt0[cs]\d\d\.|glsa_|glc_|NRAK-|sntry[su]_|dp\.(?:pt|st|ct|scim|audit)\.|tskey-|AGE-SECRET-KEY-1|AGE-PLUGIN-`,
  // What is paid, sent, written and kept there.
  String.raw`[sr]k_(?:live|test)_|whsec_|sq0(?:atp|csp)-|EAAA|shp(?:at|ca|pa|ss)_|xkeysib-|xsmtpsib-|PMAK-|SG\.|lin_(?:api|oauth)_|ntn_|figd_|pat-(?:na|eu)\d-`,
  // Models.
  'gsk_|xai-|pplx-|nvapi-|sk-(?:ant|proj|or|svcacct)-',
].join('|');

using AlignOps.Contracts;

namespace AlignOps.Promotion.Deployments;

/// <summary>A gate, or the people it asked, let a candidate through: bring it into production as the pipeline says.</summary>
/// <param name="DecidedBy">A person's name, or <c>gate</c>.</param>
internal sealed record DeploymentOrder(string RunId, string Pipeline, string DefinitionDigest, ModelRef Candidate, string RecordDigest, string DecidedBy, string Reason);

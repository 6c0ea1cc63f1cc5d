namespace AlignOps.Serving.Policies;

/// <summary>A deployment with the policy that it brings.</summary>
/// <param name="Policy">Null for a deployment that is full: its policy is the champion.</param>
internal sealed record ServedCandidate(CandidateRow Row, ServedPolicy? Policy);

namespace AlignOps.Inference.Requests;

/// <summary>A token and its log-probability (natural, at most 0) where it could have stood.</summary>
public sealed record TokenProbability(string Text, double LogProbability);

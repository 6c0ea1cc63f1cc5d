using AlignOps.Evaluation.Answers;

namespace AlignOps.Evaluation.Jobs;

/// <summary>Which models could be asked about a draw.</summary>
/// <param name="Anchor">Null where the anchor is the champion.</param>
/// <param name="Baseline">Null where there is none, and for draws that it was not asked.</param>
internal sealed record DrawnAnswers(Func<Draw, ModelAnswer> Candidate, Func<Draw, ModelAnswer> Champion, Func<Draw, ModelAnswer>? Anchor, Func<Draw, ModelAnswer?>? Baseline)
{
    public bool HasAnchor => Anchor is not null;

    public bool Unasked(Draw draw) => (Candidate(draw).Unasked ?? Champion(draw).Unasked) is not null;

    public bool AnchorUnasked(Draw draw) => (Candidate(draw).Unasked ?? Anchor?.Invoke(draw).Unasked) is not null;

    public bool BaselineUnasked(Draw draw) => (Candidate(draw).Unasked ?? Baseline?.Invoke(draw)?.Unasked) is not null;
}

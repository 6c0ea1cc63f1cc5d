using AlignOps.Contracts.Evidence;

namespace AlignOps.Evaluation.People.Queue;

/// <summary>A pair of answers with its place in line.</summary>
/// <param name="Weight">How much it is preferred, above 0.</param>
/// <param name="Priority">Its weight over its uniform draw; the highest is asked first.</param>
internal sealed record QueuedPair(EvidenceItem Item, double Uncertainty, double Weight, double Priority)
{
    public (string Suite, string Id, int Sample) Key => (Item.Suite, Item.Id, Item.Sample);
}

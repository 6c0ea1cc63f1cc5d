namespace AlignOps.Data.Formats;

/// <summary>A message of an Open Assistant tree.</summary>
/// <param name="Rank">0 is the best among its siblings.</param>
/// <param name="Usable">Neither deleted nor marked as spam.</param>
internal sealed record OasstMessage(string Text, string Role, double? Rank, bool Usable, IReadOnlyList<OasstMessage> Replies);

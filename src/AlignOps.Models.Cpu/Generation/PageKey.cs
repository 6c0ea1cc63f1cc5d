namespace AlignOps.Models.Cpu.Generation;

/// <summary>A page's tokens and all before them, by the page that those end with. A page outlives those that follow it, so no key names one that is gone.</summary>
internal sealed class PageKey(Page? before, int[] tokens) : IEquatable<PageKey>
{
    private readonly int _hash = Hash(tokens);

    public Page? Before { get; } = before;

    public int[] Tokens { get; } = tokens;

    public bool Equals(PageKey? other) => other is not null && ReferenceEquals(Before, other.Before) && Tokens.AsSpan().SequenceEqual(other.Tokens);

    public override bool Equals(object? obj) => Equals(obj as PageKey);

    public override int GetHashCode() => _hash;

    private static int Hash(ReadOnlySpan<int> tokens)
    {
        var hash = new HashCode();
        foreach (int token in tokens)
        {
            hash.Add(token);
        }

        return hash.ToHashCode();
    }
}

using System.Text;
using AlignOps.Models.Generation;
using AlignOps.Models.Tokenization;

namespace AlignOps.Evaluation.Benchmarks.Asking;

/// <summary>Ends an answer once it holds one of the texts that end it: what follows would be cut.</summary>
internal sealed class UntilListener(ITokenizer tokenizer, IReadOnlyList<string> until) : ITokenListener
{
    private readonly List<byte> _bytes = [];
    private readonly byte[][] _until = [.. until.Select(Encoding.UTF8.GetBytes)];

    public bool Hear(DrawnToken token)
    {
        var before = _bytes.Count;
        _bytes.AddRange(tokenizer.Bytes(token.Token));
        var text = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes);
        foreach (var stop in _until)
        {
            if (text[Math.Max(0, before - stop.Length)..].IndexOf(stop) >= 0)
            {
                return false;
            }
        }

        return true;
    }
}

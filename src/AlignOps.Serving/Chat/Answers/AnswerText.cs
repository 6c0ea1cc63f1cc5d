using System.Text;

namespace AlignOps.Serving.Chat.Answers;

/// <summary>
/// Turns an answer's tokens into text piece by piece. What may still become a stop is held back, so that no part of a stop is ever given out; the stop that
/// ends first counts. The text does not depend on how its bytes are cut into tokens.
/// </summary>
internal sealed class AnswerText(IReadOnlyList<string> stops)
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _held = new();

    /// <summary>Characters given out.</summary>
    public int Given { get; private set; }

    /// <summary>Characters read, given out or not.</summary>
    public int Length => Given + _held.Length;

    /// <summary>A stop was found; the answer ends before it.</summary>
    public bool Stopped { get; private set; }

    /// <summary>The text that is certain with these bytes; often empty.</summary>
    public string Append(ReadOnlySpan<byte> bytes)
    {
        Decode(bytes, flush: false);
        return Release(all: false);
    }

    /// <summary>The rest, once there are no more bytes. A character that was cut in half becomes U+FFFD.</summary>
    public string Finish()
    {
        Decode([], flush: true);
        return Release(all: true);
    }

    private void Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        Span<char> letters = stackalloc char[64];
        bool completed;
        do
        {
            _decoder.Convert(bytes, letters, flush, out var read, out var written, out completed);
            bytes = bytes[read..];
            _held.Append(letters[..written]);
        }
        while (!completed);
    }

    private string Release(bool all)
    {
        if (Stopped)
        {
            return "";
        }

        var text = _held.ToString();
        if (stops.Count > 0 && FirstStop(text) is >= 0 and var start)
        {
            Stopped = true;
            return Give(text[..start], rest: "");
        }

        var sure = all ? text.Length : text.Length - Undecided(text);
        return Give(text[..sure], text[sure..]);
    }

    private string Give(string text, string rest)
    {
        Given += text.Length;
        _held.Clear().Append(rest);
        return text;
    }

    /// <summary>Where the stop that ends first begins, the longest of several; −1 without one.</summary>
    private int FirstStop(string text)
    {
        var (start, end) = (-1, int.MaxValue);
        foreach (var stop in stops)
        {
            var at = text.IndexOf(stop, StringComparison.Ordinal);
            if (at >= 0 && (at + stop.Length < end || (at + stop.Length == end && at < start)))
            {
                (start, end) = (at, at + stop.Length);
            }
        }

        return start;
    }

    /// <summary>The length of the longest end of the text that is the beginning of a stop.</summary>
    private int Undecided(string text)
    {
        for (var length = Math.Min(text.Length, stops.Select(stop => stop.Length - 1).DefaultIfEmpty().Max()); length > 0; length--)
        {
            var end = text.AsSpan(text.Length - length);
            foreach (var stop in stops)
            {
                if (stop.Length > length && stop.AsSpan(0, length).SequenceEqual(end))
                {
                    return length;
                }
            }
        }

        return 0;
    }
}

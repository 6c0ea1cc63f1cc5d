using System.Text;

namespace AlignOps.Models.Tokenization;

/// <summary>
/// Text of which every stretch knows who wrote it: the template, or the message of a number. Only what the template wrote may become a special token,
/// whatever was done to it on the way.
/// </summary>
internal sealed class TracedText
{
    /// <summary>Written by the template itself, or by whoever vouches for the whole text.</summary>
    public const int Template = -1;

    /// <summary>Written by no message, and not trusted either.</summary>
    public const int Outside = int.MaxValue;

    private readonly Run[] _runs;

    private TracedText(string value, Run[] runs)
    {
        Value = value;
        _runs = runs;
    }

    public static TracedText Empty { get; } = new("", []);

    public string Value { get; }

    public int Length => Value.Length;

    /// <summary>Stretches of one writer each, in order: where each ends and who wrote it.</summary>
    public IReadOnlyList<Run> Runs => _runs;

    public static TracedText Of(string text, int source = Template) => text.Length == 0 ? Empty : new(text, [new Run(text.Length, source)]);

    public static TracedText Concat(params ReadOnlySpan<TracedText> parts)
    {
        var builder = new Builder();
        foreach (TracedText part in parts)
        {
            builder.Append(part);
        }

        return builder.Build();
    }

    public TracedText Slice(int start, int length)
    {
        if (length == 0)
        {
            return Empty;
        }

        if (length == Length)
        {
            return this;
        }

        List<Run> runs = [];
        for (int i = FirstRun(start); i < _runs.Length; i++)
        {
            runs.Add(new Run(Math.Min(_runs[i].End - start, length), _runs[i].Source));
            if (_runs[i].End >= start + length)
            {
                break;
            }
        }

        return new TracedText(Value.Substring(start, length), [.. runs]);
    }

    public TracedText From(int start) => Slice(start, Length - start);

    /// <summary>Each writer's stretch changed by itself, so that nothing changes hands.</summary>
    public TracedText Map(Func<string, string> change)
    {
        var builder = new Builder();
        int start = 0;
        foreach (Run run in _runs)
        {
            builder.Append(change(Value[start..run.End]), run.Source);
            start = run.End;
        }

        return builder.Build();
    }

    public int SourceAt(int position) => _runs[FirstRun(position)].Source;

    /// <summary>Whether the template alone wrote this stretch.</summary>
    public bool IsTemplate(int start, int end)
    {
        for (int i = FirstRun(start); i < _runs.Length; i++)
        {
            if (_runs[i].Source != Template)
            {
                return false;
            }

            if (_runs[i].End >= end)
            {
                return true;
            }
        }

        return true;
    }

    public override string ToString() => Value;

    private int FirstRun(int position)
    {
        int low = 0;
        int high = _runs.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _runs[middle].End <= position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <param name="End">One past the stretch's last character.</param>
    internal readonly record struct Run(int End, int Source);

    internal sealed class Builder
    {
        /// <summary>No conversation is that long; a hostile template's may be.</summary>
        private const int MostCharacters = 1 << 26;

        private readonly StringBuilder _text = new();
        private readonly List<Run> _runs = [];

        public int Length => _text.Length;

        public void Append(string text, int source)
        {
            CheckRoom(text.Length);
            _text.Append(text);
            Extend(_text.Length, source);
        }

        public void Append(TracedText text)
        {
            CheckRoom(text.Length);
            int offset = _text.Length;
            _text.Append(text.Value);
            foreach (Run run in text._runs)
            {
                Extend(offset + run.End, run.Source);
            }
        }

        public TracedText Build() => _text.Length == 0 ? Empty : new TracedText(_text.ToString(), [.. _runs]);

        private void CheckRoom(int more)
        {
            if (_text.Length + (long)more > MostCharacters)
            {
                throw new ChatTemplateException(TokenizationFaults.TemplateLimit, $"The chat template makes a text of more than {MostCharacters} characters.");
            }
        }

        private void Extend(int end, int source)
        {
            int last = _runs.Count == 0 ? 0 : _runs[^1].End;
            if (end == last)
            {
                return;
            }

            if (_runs.Count > 0 && _runs[^1].Source == source)
            {
                _runs[^1] = new Run(end, source);
            }
            else
            {
                _runs.Add(new Run(end, source));
            }
        }
    }
}

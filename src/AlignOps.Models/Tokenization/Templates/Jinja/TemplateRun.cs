using System.Runtime.CompilerServices;

namespace AlignOps.Models.Tokenization.Templates.Jinja;

/// <summary>One writing of a template: what it has written, where it stands, and what it has used up.</summary>
internal sealed class TemplateRun(JinjaLimits limits)
{
    private const int CharactersPerStep = 32;

    private readonly List<(int Start, int End)> _generations = [];
    private TracedText.Builder _output = new();
    private long _steps;
    private int _depth;
    private bool _captures;

    /// <summary>The line that runs.</summary>
    public int Line { get; private set; }

    public IReadOnlyList<(int Start, int End)> Generations => _generations;

    public TracedText Written => _output.Build();

    public void Step(int line)
    {
        Line = line > 0 ? line : Line;
        Spend(1);
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new JinjaException(TokenizationFaults.TemplateLimit, "the template nests too deep", Line);
        }
    }

    /// <summary>Counts a value that was just made, by its size.</summary>
    public T Charge<T>(T value)
    {
        long size = value switch
        {
            TracedText text => text.Length / CharactersPerStep,
            Values.JinjaList list => list.Items.Count,
            Values.JinjaMap map => map.Count,
            _ => 0,
        };
        Spend(size);
        return value is TracedText { Length: var length } && length > limits.TextLength ? throw TooLong() : value;
    }

    public void Write(TracedText text)
    {
        Charge(text);
        _output.Append(text);
        if (_output.Length > limits.TextLength)
        {
            throw TooLong();
        }
    }

    /// <summary>What a body writes, kept apart.</summary>
    public TracedText Capture(Action body)
    {
        (TracedText.Builder outer, bool captured) = (_output, _captures);
        (_output, _captures) = (new TracedText.Builder(), true);
        Enter();
        body();
        _depth--;
        TracedText text = _output.Build();
        (_output, _captures) = (outer, captured);
        return Charge(text);
    }

    /// <summary>Notes where a generation block's text stands. Inside a macro there is no such place.</summary>
    public void Generate(Action body)
    {
        if (_captures)
        {
            throw JinjaException.Unsupported("a generation block inside a macro or a captured block", Line);
        }

        int start = _output.Length;
        body();
        _generations.Add((start, _output.Length));
    }

    private void Enter()
    {
        if (++_depth > limits.Depth)
        {
            throw new JinjaException(TokenizationFaults.TemplateLimit, $"macros call each other more than {limits.Depth} deep", Line);
        }
    }

    private void Spend(long steps)
    {
        _steps += steps;
        if (_steps > limits.Steps)
        {
            throw new JinjaException(TokenizationFaults.TemplateLimit, $"the template takes more than {limits.Steps} steps", Line);
        }
    }

    private JinjaException TooLong() => new(TokenizationFaults.TemplateLimit, $"the template makes a text of more than {limits.TextLength} characters", Line);
}

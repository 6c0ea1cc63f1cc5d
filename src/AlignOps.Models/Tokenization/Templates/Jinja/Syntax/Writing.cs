using AlignOps.Models.Tokenization.Templates.Jinja.Values;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Syntax;

/// <summary>Text between tags.</summary>
internal sealed class WrittenText(int line, TracedText text) : Statement(line)
{
    protected override Flow Execute(TemplateRun run, Scope scope)
    {
        run.Write(text);
        return Flow.Next;
    }
}

/// <summary>{{ value }}.</summary>
internal sealed class Output(int line, Expression value) : Statement(line)
{
    protected override Flow Execute(TemplateRun run, Scope scope)
    {
        run.Write(PythonValues.Write(value.Value(run, scope)));
        return Flow.Next;
    }
}

/// <summary>{% generation %} … {% endgeneration %}: what an assistant wrote. Names set inside stay inside, as in a macro.</summary>
internal sealed class GenerationBlock(int line, IReadOnlyList<Statement> body) : Statement(line)
{
    protected override Flow Execute(TemplateRun run, Scope scope)
    {
        run.Generate(() => RunAll(body, run, new Scope(scope)));
        return Flow.Next;
    }
}

namespace AlignOps.Models.Tokenization.Templates.Jinja.Syntax;

/// <summary>Something with a value.</summary>
internal abstract class Expression(int line)
{
    public int Line => line;

    public object? Value(TemplateRun run, Scope scope)
    {
        run.Step(line);
        return Evaluate(run, scope);
    }

    protected abstract object? Evaluate(TemplateRun run, Scope scope);
}

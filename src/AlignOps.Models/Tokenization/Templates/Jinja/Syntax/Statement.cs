namespace AlignOps.Models.Tokenization.Templates.Jinja.Syntax;

/// <summary>Something that a template does.</summary>
internal abstract class Statement(int line)
{
    public int Line => line;

    public Flow Run(TemplateRun run, Scope scope)
    {
        run.Step(line);
        return Execute(run, scope);
    }

    public static Flow RunAll(IReadOnlyList<Statement> body, TemplateRun run, Scope scope)
    {
        foreach (Statement statement in body)
        {
            if (statement.Run(run, scope) is var flow && flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }

    protected abstract Flow Execute(TemplateRun run, Scope scope);
}

/// <summary>Where a statement leads.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
}

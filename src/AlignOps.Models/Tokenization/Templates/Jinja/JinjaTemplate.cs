using AlignOps.Data;
using AlignOps.Models.Tokenization.Templates.Jinja.Library;
using AlignOps.Models.Tokenization.Templates.Jinja.Syntax;
using AlignOps.Models.Tokenization.Templates.Jinja.Values;

namespace AlignOps.Models.Tokenization.Templates.Jinja;

/// <summary>
/// A checkpoint's own chat template, run as transformers runs it: with trim_blocks, lstrip_blocks, loop controls and generation blocks, with
/// messages, add_generation_prompt, the named special tokens, and tools and documents that are none. Every text keeps who wrote it through all
/// that the template does to it. Templates are strangers' programs: they run within limits.
/// </summary>
internal sealed class JinjaTemplate : ChatTemplate
{
    private readonly IReadOnlyList<Statement> _body;
    private readonly IReadOnlyDictionary<string, string> _specialTokens;
    private readonly TimeProvider? _clock;
    private readonly JinjaLimits _limits;

    private JinjaTemplate(string jinja, IReadOnlyList<Statement> body, IReadOnlyDictionary<string, string> specialTokens, TimeProvider? clock, JinjaLimits limits)
        : base("jinja", jinja)
    {
        _body = body;
        _specialTokens = specialTokens;
        _clock = clock;
        _limits = limits;
    }

    /// <param name="specialTokens">Such as <c>bos_token</c> and its text.</param>
    /// <param name="clock">Null: <c>strftime_now</c> is not defined.</param>
    /// <exception cref="ChatTemplateException">No Jinja, or outside the subset; the construct and its line are named.</exception>
    public static JinjaTemplate Parse(string jinja, IReadOnlyDictionary<string, string> specialTokens, TimeProvider? clock, JinjaLimits? limits = null)
    {
        try
        {
            return new JinjaTemplate(jinja, StatementParser.Parse(jinja, limits ?? JinjaLimits.Default), specialTokens, clock, limits ?? JinjaLimits.Default);
        }
        catch (JinjaException refusal)
        {
            throw refusal.ToRefusal(refusal.Line);
        }
    }

    private protected override RenderedChat Write(IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt)
    {
        var scope = new Scope();
        foreach (JinjaFunction function in Globals.All(_clock))
        {
            scope.Set(function.Name, function);
        }

        foreach ((string name, string text) in _specialTokens)
        {
            scope.Set(name, TracedText.Of(text));
        }

        scope.Set("messages", new JinjaList([.. messages.Select(Message)]));
        scope.Set("add_generation_prompt", addGenerationPrompt);
        scope.Set("tools", null);
        scope.Set("documents", null);
        var run = new TemplateRun(_limits);
        try
        {
            Statement.RunAll(_body, run, new Scope(scope));
            return new RenderedChat(run.Written, run.Generations);
        }
        catch (JinjaException refusal)
        {
            throw refusal.ToRefusal(run.Line);
        }
    }

    /// <summary>The role is one of a few words, so the template may make a token's name of it; the content is the message's own.</summary>
    private static JinjaMap Message(ChatMessage message, int index) =>
        JinjaMap.Of(("role", TracedText.Of(message.Role)), ("content", TracedText.Of(message.Content, index)));
}

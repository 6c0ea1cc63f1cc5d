using AlignOps.WebConsole.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.WebConsole.Pages;

/// <summary>Answers with a page.</summary>
internal static class PageResults
{
    public static IResult Of<TPage>(HttpContext http, object model) where TPage : IComponent =>
        new RazorComponentResult<TPage>(new Dictionary<string, object?> { ["Model"] = model, ["Visitor"] = VisitorOf(http) }) { PreventStreamingRendering = true };

    /// <summary>The page, or where there is nothing to show a page that says so.</summary>
    public static IResult OrMissing<TPage>(HttpContext http, object? model, string what) where TPage : IComponent => model is null
        ? Problem(StatusCodes.Status404NotFound, "Not found", $"There is no such {what}.", VisitorOf(http))
        : Of<TPage>(http, model);

    public static IResult Problem(int status, string title, string sentence, Visitor? visitor = null) =>
        new RazorComponentResult<ProblemPage>(new Dictionary<string, object?> { ["Title"] = title, ["Sentence"] = sentence, ["Visitor"] = visitor })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    private static Visitor VisitorOf(HttpContext http) =>
        Visitor.Of(http, http.RequestServices.GetRequiredService<IAntiforgery>(), http.RequestServices.GetRequiredService<Notes>());
}

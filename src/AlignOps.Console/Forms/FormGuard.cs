using AlignOps.WebConsole.Access;
using AlignOps.WebConsole.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AlignOps.WebConsole.Forms;

/// <summary>Lets a form through only with the token that this console gave this visitor.</summary>
internal sealed class FormGuard(IAntiforgery forms) : IEndpointFilter
{
    public const long LargestFile = 256L << 20;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.Request.HasFormContentType)
        {
            return Refusal();
        }

        try
        {
            await http.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = LargestFile, ValueLengthLimit = 64 << 10, ValueCountLimit = 32 }, http.RequestAborted);
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException)
        {
            return PageResults.Problem(StatusCodes.Status413PayloadTooLarge, "Too large", $"A form takes a file of at most {LargestFile >> 20} MiB. Push a larger one in parts, or packed.");
        }

        return await forms.IsRequestValidAsync(http) ? await next(context) : Refusal();
    }

    private static IResult Refusal() =>
        PageResults.Problem(StatusCodes.Status400BadRequest, "This form is stale", "It was not made for you, or you signed in anew since. Nothing was done: open the page again and repeat it.");
}

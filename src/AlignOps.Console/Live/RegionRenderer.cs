using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace AlignOps.WebConsole.Live;

/// <summary>Makes one region of a page, the same way the page made it.</summary>
internal sealed class RegionRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    public async Task<string> RenderAsync(Type region, IDictionary<string, object?> parameters)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync(region, ParameterView.FromDictionary(parameters));
            return root.ToHtmlString();
        });
    }
}

using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace AlignOps.WebConsole.Api;

/// <summary>Where each service's API answers: as configured, or else at this process's own address.</summary>
internal sealed class ApiAddresses(IOptions<ConsoleOptions> options, IServer server)
{
    public Uri Of(ApiRoom room)
    {
        var own = room switch
        {
            ApiRoom.Intake => options.Value.IntakeApi,
            ApiRoom.Pipelines => options.Value.PipelinesApi,
            ApiRoom.Evaluation => options.Value.EvaluationApi,
            _ => options.Value.PromotionApi,
        };
        return new Uri(own ?? options.Value.Api ?? Here());
    }

    private string Here()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? throw new InvalidOperationException("This process listens nowhere.");

        // An address that means "all of this machine's" is one to listen on, not one to call.
        return address.Replace("//*:", "//127.0.0.1:", StringComparison.Ordinal)
            .Replace("//+:", "//127.0.0.1:", StringComparison.Ordinal)
            .Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal)
            .Replace("//[::]:", "//[::1]:", StringComparison.Ordinal);
    }
}

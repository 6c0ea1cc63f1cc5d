using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Platform.Access;

internal static class AccessRegistration
{
    /// <summary>One policy for each role, by its name. An endpoint that asks for none still needs a caller with the lowest role.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<AccessKeys>();
        services.AddSingleton<IAccessKeys>(provider => provider.GetRequiredService<AccessKeys>());
        services.AddSingleton<AccessGuard>();

        // Only the core: AddAuthentication would also keep a data-protection key ring in the user's home, which keys have no use for.
        services.AddAuthenticationCore(authentication => authentication.DefaultScheme = ApiKeyHandler.SchemeName);
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
        var authorization = services.AddAuthorizationBuilder();
        foreach (var role in Enum.GetNames<AccessRole>())
        {
            authorization.AddPolicy(role, policy => policy.RequireRole(role));
        }

        authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder(ApiKeyHandler.SchemeName).RequireRole(nameof(AccessRole.Product)).Build());
        return services;
    }
}

using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using Azure.Core;
using OpenAI;
using OpenAI.Chat;

namespace AlignOps.Inference.Endpoints;

/// <summary>Endpoints over OpenAI's own client, which knows its pipeline and both ways to sign in; retries and timeouts are switched off in it, because here each attempt is counted.</summary>
/// <param name="identity">The identity of this process towards Entra ID; asked for only where an endpoint wants one.</param>
/// <param name="handler">What speaks HTTP.</param>
internal sealed class OpenAiEndpoints(ISecrets secrets, Func<TokenCredential> identity, Func<HttpMessageHandler> handler, TimeProvider time) : IChatEndpoints, IDisposable
{
    /// <summary>The audience of Azure OpenAI's v1 endpoint.</summary>
    internal const string EntraScope = "https://ai.azure.com/.default";

    private readonly ConcurrentBag<HttpClient> _clients = [];

    public IChatEndpoint Open(EndpointOptions options)
    {
        if (EndpointRules.Faults(options).ToList() is [var fault, ..]) throw new ArgumentException($"{fault.Key}: {fault.Sentence}", nameof(options));

        var signIn = SignIn(options);
        var http = new HttpClient(new ResponseBound(handler())) { Timeout = Timeout.InfiniteTimeSpan };
        _clients.Add(http);
        var settings = new OpenAIClientOptions
        {
            Endpoint = new Uri(options.Address),
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
#pragma warning disable OPENAI001 // The constructor that takes a sign-in of one's own is marked as one that may still change.
        return new OpenAiEndpoint(new ChatClient(options.Model, signIn, settings), options, time);
#pragma warning restore OPENAI001
    }

    public void Dispose()
    {
        foreach (var client in _clients) client.Dispose();
    }

    private AuthenticationPolicy SignIn(EndpointOptions options) => options switch
    {
        { Entra: true } => new BearerTokenPolicy(identity(), EntraScope),
        { Key: { } key } => ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(new ApiKeyCredential(SecretReference.Read(key, secrets))),
        _ => new NoSignIn(),
    };
}

using System.Net;

namespace AlignOps.Inference.Endpoints;

/// <summary>Breaks off a response that does not end. Time is bounded by the caller; size here, because a fast endless stream fills the memory first.</summary>
internal sealed class ResponseBound(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>Far above any judgment with its thoughts, far below harm.</summary>
    internal const long MostBytes = 2 << 20;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var bounded = new BoundedContent(response.Content);
        foreach (var (name, values) in response.Content.Headers) bounded.Headers.TryAddWithoutValidation(name, values);
        response.Content = bounded;
        return response;
    }

    private sealed class BoundedContent(HttpContent content) : HttpContent
    {
        protected override async Task<Stream> CreateContentReadStreamAsync() => new BoundedStream(await content.ReadAsStreamAsync(), MostBytes);

        protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) => new BoundedStream(await content.ReadAsStreamAsync(cancellationToken), MostBytes);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await using var bounded = await CreateContentReadStreamAsync();
            await bounded.CopyToAsync(stream);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) content.Dispose();
            base.Dispose(disposing);
        }
    }
}

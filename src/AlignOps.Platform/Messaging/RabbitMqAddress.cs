namespace AlignOps.Platform.Messaging;

/// <summary>Reads a RabbitMQ address.</summary>
/// <param name="Host">The broker's <c>rabbitmq://</c> address, as MassTransit wants it: host, port and virtual host.</param>
internal sealed record RabbitMqAddress(Uri Host, string Username, string Password, bool Tls)
{
    /// <summary>What is wrong with an address, as the end of a sentence; null when it can be read.</summary>
    public static string? Fault(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "amqp" or "amqps" && url.Host.Length > 0
            ? null
            : "cannot be read; write memory, or amqp://user:password@host:5672/.";

    public static RabbitMqAddress Read(string address)
    {
        var url = new Uri(address);
        var tls = url.Scheme == "amqps";
        var credentials = url.UserInfo.Split(':', 2);
        var virtualHost = url.AbsolutePath.TrimStart('/');
        var port = url.Port > 0 ? url.Port : tls ? 5671 : 5672;
        return new RabbitMqAddress(
            new Uri($"{(tls ? "rabbitmqs" : "rabbitmq")}://{url.Host}:{port}/{virtualHost}"),
            credentials[0].Length > 0 ? Uri.UnescapeDataString(credentials[0]) : "guest",
            credentials.Length > 1 ? Uri.UnescapeDataString(credentials[1]) : "guest",
            tls);
    }
}

using System.Text;
using AlignOps.Platform.Messaging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace AlignOps.Platform.Diagnosis;

/// <summary>The broker: does it let us in, does every service's queue stand, and does anybody consume it. Queues are declared passively, so that looking makes none.</summary>
internal static class BrokerExamination
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(string bus, MessageCatalog catalog, CancellationToken cancellationToken)
    {
        var address = RabbitMqAddress.Read(bus).Host;
        try
        {
            await using var connection = await BrokerReach.ConnectAsync(bus, cancellationToken);
            var version = connection.ServerProperties is { } properties && properties.TryGetValue("version", out var value) && value is byte[] text ? Encoding.UTF8.GetString(text) : "of unknown version";
            var findings = new List<Finding> { new("bus", $"RabbitMQ {version} at {address.Host}:{address.Port} lets this process in.") };
            foreach (var service in catalog.Handlers.Select(handler => handler.Service).Distinct().Order(StringComparer.Ordinal))
            {
                findings.Add(await QueueAsync(connection, service, cancellationToken));
            }

            return findings;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return
            [
                BrokerReach.Refusal(fault) is { } refusal
                    ? new Finding("bus", $"RabbitMQ at {address.Host}:{address.Port} {refusal}.", "Correct --bus, or let an administrator of the broker put it right.")
                    : new Finding("bus", $"RabbitMQ at {address.Host}:{address.Port} does not answer ({fault.GetBaseException().Message.TrimEnd('.')}).", "Check that it runs and that --bus names the right host and port. What is to be sent waits in the outbox."),
            ];
        }
    }

    private static async Task<Finding> QueueAsync(IConnection connection, string service, CancellationToken cancellationToken)
    {
        var subject = $"queue {service}";

        // A queue that is not there closes the channel it was asked on.
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            var queue = await channel.QueueDeclarePassiveAsync(BusFactory.Queue(service), cancellationToken);
            return queue.ConsumerCount == 0
                ? new Finding(subject, $"{queue.MessageCount} messages wait and nobody consumes them.", $"Start a process with alignops up --roles {service}.")
                : new Finding(subject, $"{queue.MessageCount} messages wait for {queue.ConsumerCount} consumers.");
        }
        catch (OperationInterruptedException)
        {
            return new Finding(subject, "It is not there.", "Start any process with alignops up: it declares every queue.");
        }
    }
}

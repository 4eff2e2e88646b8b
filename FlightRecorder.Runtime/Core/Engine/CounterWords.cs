namespace FlightRecorder;

/// <summary>The words of the reasons, as meter and journal have them.</summary>
internal static class CounterWords
{
    public static (DropReason Reason, string Word)[] Dropped { get; } =
    [
        (DropReason.QueueFull, "queue_full"), (DropReason.StoreFailed, "store_failed"),
        (DropReason.EncodeFailed, "encode_failed"), (DropReason.Shutdown, "shutdown"),
    ];

    public static (NotKeptReason Reason, string Word)[] NotKept { get; } =
    [
        (NotKeptReason.NoTrigger, "no_trigger"), (NotKeptReason.ErrorStorm, "error_storm"), (NotKeptReason.NotWanted, "not_wanted"),
    ];
}

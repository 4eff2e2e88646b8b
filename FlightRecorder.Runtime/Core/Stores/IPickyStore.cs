namespace FlightRecorder;

/// <summary>A store that may take a batch and still give up single recordings of it.</summary>
internal interface IPickyStore
{
    /// <summary>How many recordings of the batch that was written last are not stored and never will be; read by the writer only.</summary>
    int LeftOut { get; }
}

using System.Text.Json.Nodes;

namespace FlightRecorder.Tests.Core.Context;

[NonParallelizable]
public sealed class FlightTests
{
    private Recorder _recorder = null!;
    private Action<ActiveRecording> _settling = _ => { };

    [SetUp]
    public async Task StartAsync() => _recorder = await TestRecorder.StartAsync(recording => _settling(recording)).ConfigureAwait(false);

    [TearDown]
    public async Task StopAsync() => await _recorder.DisposeAsync().ConfigureAwait(false);

    [Test]
    public void There_is_no_current_recording_outside_one() => Assert.That(Flight.Current, Is.Null);

    [Test]
    public void Marks_errors_and_mutations_of_an_operation_are_recorded_in_order()
    {
        var error = new InvalidOperationException("no stock");
        string[] types = [];
        int errors = 0;
        string? model = null;
        _settling = recording =>
        {
            types = [.. recording.Timeline.ToArray().Select(entry => entry.Type)];
            errors = recording.Errors.Length;
            model = recording.Mutations[0].Model;
        };
        using (Flight.Begin("nightly import"))
        {
            Flight.Current?.Mark("cart priced", 12.5m);
            Flight.Current?.Error(error);
            Flight.Current?.Error(error);
            Flight.Current?.Mutation("Cart", "update", new Dictionary<string, object?> { ["id"] = 7 });
        }

        Assert.Multiple(() =>
        {
            Assert.That(types, Is.EqualTo(new[] { "mark", "error", "db.mutation" }));
            Assert.That(errors, Is.EqualTo(1), "the same exception object counts once");
            Assert.That(model, Is.EqualTo("Cart"));
        });
    }

    [Test]
    public async Task The_recording_flows_into_awaited_work_and_ends_with_the_operation()
    {
        using (Operation operation = Flight.Begin("import"))
        {
            await Task.Yield();
            Assert.That(Flight.Current?.Id, Is.EqualTo(operation.Recording?.Id).And.Not.Null);
        }

        Assert.That(Flight.Current, Is.Null);
    }

    [Test]
    public async Task A_task_that_outlives_its_operation_writes_into_no_later_recording()
    {
        var release = new TaskCompletionSource();
        Task late;
        int marks = 0;
        AmbientRecording? kept;
        using (Flight.Begin("first"))
        {
            kept = Flight.Current;
            late = Task.Run(async () =>
            {
                await release.Task.ConfigureAwait(false);
                Flight.Current?.Mark("late, by the flow");
                kept?.Mark("late, by the handle");
            });
        }

        _settling = recording => marks = recording.Timeline.Length;
        using (Operation second = Flight.Begin("second"))
        {
            // The pool hands the first recording's object out again: this is what the generation protects.
            release.SetResult();
            await late.ConfigureAwait(false);
        }

        Assert.Multiple(() =>
        {
            Assert.That(marks, Is.Zero);
            Assert.That(_recorder.Counters.LateWrites, Is.EqualTo(1));
        });
    }

    [Test]
    public void A_nested_operation_names_the_outer_one_as_its_parent_and_gives_the_flow_back()
    {
        string? parent = null;
        using Operation outer = Flight.Begin("outer");
        _settling = recording => parent = recording.Parent;
        using (Flight.Begin("inner"))
        {
        }

        Assert.Multiple(() =>
        {
            Assert.That(parent, Is.EqualTo(outer.Recording?.Id.ToString()));
            Assert.That(Flight.Current?.Id, Is.EqualTo(outer.Recording?.Id));
        });
    }

    [Test]
    public void A_failed_operation_says_so()
    {
        RecordingOutcome outcome = default;
        _settling = recording => outcome = recording.Outcome;
        using (Operation operation = Flight.Begin("import"))
        {
            operation.Fail(new InvalidOperationException("broken"));
        }

        Assert.That(outcome, Is.EqualTo(RecordingOutcome.Failed));
    }

    [Test]
    public void Nothing_is_recorded_while_switched_off()
    {
        _recorder.Options.Enabled = false;
        using (Operation operation = Flight.Begin("import"))
        {
            Assert.That(operation.Recording, Is.Null);
        }

        _recorder.Options.Enabled = true;
        using Operation again = Flight.Begin("import");
        Assert.That(again.Recording, Is.Not.Null);
    }

    [Test]
    public void Keep_gives_the_manual_trigger()
    {
        string? reason = null;
        _settling = recording => reason = recording.KeepReason;
        using (Flight.Begin("import"))
        {
            Flight.Current?.Keep("looks odd");
        }

        Assert.That(reason, Is.EqualTo("looks odd"));
    }

    [Test]
    public void A_timeline_without_end_is_capped_and_says_so()
    {
        GapEntry[] gaps = [];
        int entries = 0;
        _settling = recording => (gaps, entries) = (recording.Gaps.ToArray(), recording.Timeline.Length);
        using (Flight.Begin("loop"))
        {
            for (int i = 0; i < 1500; i++)
            {
                Flight.Current?.Mark("again");
            }
        }

        Assert.Multiple(() =>
        {
            Assert.That(entries, Is.EqualTo(1000));
            Assert.That(gaps.Single(), Is.EqualTo(new GapEntry("timeline", "500 more did not fit")));
        });
    }

    [Test]
    public void A_value_is_taken_when_it_is_handed_over_not_when_it_is_written()
    {
        var node = new JsonObject { ["a"] = 1 };
        var fragment = (JsonFragment?)CapturedValue.Of(node);
        node["a"] = 2;
        Assert.That(System.Text.Encoding.UTF8.GetString(fragment!.Utf8), Is.EqualTo("""{"a":1}"""));
    }

    [Test]
    public void A_value_whose_text_cannot_be_made_does_not_reach_the_app()
        => Assert.That(CapturedValue.Of(new Unprintable()), Is.EqualTo("(unreadable: NotSupportedException)"));

    [Test]
    public void Every_offered_recording_is_accounted_for()
    {
        for (int i = 0; i < 10; i++)
        {
            using (Flight.Begin("turn"))
            {
            }
        }

        _recorder.FlushAsync().GetAwaiter().GetResult();
        RecorderCounters counters = _recorder.Counters;
        Assert.That((counters.Offered, counters.Stored, counters.InFlight), Is.EqualTo((10L, 10L, 0L)));
    }

    private sealed class Unprintable
    {
        public override string ToString() => throw new NotSupportedException();
    }
}

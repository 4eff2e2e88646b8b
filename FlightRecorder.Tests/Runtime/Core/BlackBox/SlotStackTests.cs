namespace FlightRecorder.Tests.Core.BlackBox;

public sealed class SlotStackTests
{
    [Test]
    public void Every_slot_is_handed_out_once_and_the_last_returned_first()
    {
        var stack = new SlotStack(3);
        int[] taken = [stack.Pop(), stack.Pop(), stack.Pop()];
        Assert.That(taken, Is.EquivalentTo(new[] { 0, 1, 2 }));
        Assert.That(stack.Pop(), Is.Negative);

        stack.Push(2);
        stack.Push(0);
        Assert.That(new[] { stack.Pop(), stack.Pop(), stack.Pop() }, Is.EqualTo(new[] { 0, 2, -1 }));
    }

    [Test]
    public void Threads_that_take_and_return_never_hold_the_same_slot()
    {
        const int Slots = 5;
        var stack = new SlotStack(Slots);
        int[] holders = new int[Slots];
        int clashes = 0;
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            for (int i = 0; i < 200_000; i++)
            {
                int slot = stack.Pop();
                if (slot >= 0)
                {
                    clashes += Interlocked.Increment(ref holders[slot]) == 1 ? 0 : 1;
                    Interlocked.Decrement(ref holders[slot]);
                    stack.Push(slot);
                }
            }
        });

        Assert.That(clashes, Is.Zero);
        Assert.That(Enumerable.Range(0, Slots + 1).Select(_ => stack.Pop()), Is.EquivalentTo(new[] { 0, 1, 2, 3, 4, -1 }), "none was lost");
    }
}
